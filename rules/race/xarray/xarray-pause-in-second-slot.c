/*
 * A walk that begins in the second slot of a large entry and pauses there passes what is behind it
 *
 * Id:          xarray-pause-in-second-slot
 * Rule:        lost-entry
 * Seen:        v4.20..v6.19
 * Advice:      count the slots that are left of the entry from the one of the index, or set the index by its slot
 * Functions:   xas_pause, filemap_cachestat
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xas_pause
 *
 * An entry may take several slots. A lookup in the second of them says that it is in the first, and leaves the index at
 * that which was asked for. Who adds all the slots of the entry to it comes too far by those that were before it.
 */

/* @start */
void start(void)
{
	world_array();
	put_large_item(8, 2);
	put_item(12);
}

/* @thread walk from the middle of the entry that pauses at every entry */
void walker(void)
{
	unsigned long met = walk_items_pausing_from(10, ULONG_MAX);

	__assert(met & BIT(12), "lost-entry", "a walk passes what is behind a large entry that it began in");
	__assert(!(met & ~(BIT(10) | BIT(12))), "wrong-entry", "a walk meets an entry where none is");
}

/* @thread erase */
void erase(void)
{
	take_item_out(8);
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(!look_item_up(10) && look_item_up(12) == ITEM(12), "lost-entry", "the array holds something else than was left in it");
}

/* @broken
@@ xas_pause @@
-	xas->xa_index &= ~XA_CHUNK_MASK << node->shift;
-	xas->xa_index += behind << node->shift;
+	xas->xa_index -= xas->xa_index % BIT(node->shift);
+	xas->xa_index += (behind - xas->xa_offset) << node->shift;
 */
