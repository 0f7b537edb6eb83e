/*
 * A walk over marked entries ends where one of them is taken out
 *
 * Id:          xarray-find-marked-ends-early
 * Rule:        lost-entry
 * Seen:        v4.20..v5.5
 * Fixed:       7e934cf5ace1 ("xarray: Fix early termination of xas_for_each_marked")
 * Advice:      go on where a slot is empty that was still marked: it is being erased
 * Functions:   xas_find_marked, find_get_pages_range_tag, find_get_entries_tag
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xas_find_marked
 *
 * 1 erase                                   2 walk over what is marked, without the lock
 *   empty the slot
 *                                             find its mark, which is still set
 *                                             read the slot: NULL, which is taken for the end
 *   clear its mark
 *
 * Who writes back or truncates by marks passes all that is behind it.
 */

/* @start */
void start(void)
{
	world_array();
	put_item(1);
	put_item(2);
	put_item(3);
	mark_item(1);
	mark_item(2);
	mark_item(3);
}

/* @thread erase two of them */
void erase(void)
{
	take_item_out(1);
	take_item_out(2);
}

/* @thread walk over marked entries (RCU) */
void reader(void)
{
	__assert(walk_marked_items(15) & BIT(3), "lost-entry", "a walk over what is marked passes an entry behind one that is erased");
}

/* @finally */
void finally(void)
{
	check_array();
}

/* @broken
@@ xas_find_marked @@
-		} else if (entry || (mark == XA_FREE_MARK && xa_track_free(xas->xa))) {
+		} else {
 */
