/*
 * A walk that pauses at the last index of its range goes on behind it
 *
 * Id:          xarray-pause-at-the-end
 * Rule:        wrong-entry
 * Seen:        v4.20..v5.4.0
 * Fixed:       c44aa5e8ab58 ("XArray: Fix xas_find returning too many entries")
 * Advice:      ask for the end of the range before anything is looked up, too: a pause has moved the index on
 * Functions:   xas_find, xas_pause, xas_for_each
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xas_pause
 *
 * After a pause a walk begins anew at the next index. That may be behind the range, and what stands there is looked up
 * before anybody asks how far the walk was to go: writeback of a part of a file takes a page more.
 */

/* @start */
void start(void)
{
	world_array();
	put_item(2);
	put_item(3);
	put_item(4);
}

/* @thread walk to index 3 that pauses at every entry */
void walker(void)
{
	unsigned long met = walk_items_pausing(3);

	__assert(met & BIT(3), "lost-entry", "a walk passes an entry that is there all the time");
	__assert(!(met & BIT(4)), "wrong-entry", "a walk goes on behind its range");
}

/* @thread erase at index 2 */
void erase(void)
{
	take_item_out(2);
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(!look_item_up(2) && look_item_up(4) == ITEM(4), "lost-entry", "the array holds something else than was left in it");
}

/* @broken
@@ xas_find @@
-	if (xas->xa_index > max)
-		return set_bounds(xas);
-
 	if (!node) {
 */
