/*
 * A walk that begins inside of a large entry and pauses there passes what is behind it
 *
 * Id:          xarray-pause-begins-inside
 * Rule:        lost-entry
 * Seen:        v4.20..v6.13
 * Fixed:       c9ba5249ef8b ("Xarray: move forward index correctly in xas_pause()")
 * Advice:      go on at the first index behind the entry, wherever in it the walk began
 * Functions:   xas_pause, filemap_cachestat
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xas_pause
 *
 * A slot of a higher node stands for many indices, and a lookup leaves the index at that which was asked for. Who adds
 * the whole of a slot to it comes as far behind the entry as the walk began behind its first index, and passes what is
 * between.
 */

/* @start */
void start(void)
{
	world_array();
	put_large_item(16, 4);
	put_item(32);
}

/* @thread walk from the middle of the entry that pauses at every entry */
void walker(void)
{
	unsigned long met = walk_items_pausing_from(20, ULONG_MAX);

	__assert(met & BIT(32), "lost-entry", "a walk passes what is behind a large entry that it began in");
	__assert(!(met & ~(BIT(20) | BIT(32))), "wrong-entry", "a walk meets an entry where none is");
}

/* @thread erase */
void erase(void)
{
	take_item_out(16);
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(!look_item_up(20) && look_item_up(32) == ITEM(32), "lost-entry", "the array holds something else than was left in it");
}

/* @broken
@@ xas_pause @@
-	xas->xa_index &= ~XA_CHUNK_MASK << node->shift;
-	xas->xa_index += behind << node->shift;
+	xas->xa_index += (behind - xas->xa_offset) << node->shift;
 */
