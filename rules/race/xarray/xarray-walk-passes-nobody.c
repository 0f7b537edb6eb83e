/*
 * A walk passes an entry while others come and go
 *
 * Id:          xarray-walk-passes-nobody
 * Rule:        lost-entry
 * Seen:        -
 * Advice:      begin anew at the index that was reached where a node is not what it was
 * Functions:   xas_find, xas_next_entry
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xas_find
 *
 * 1 erase                                   2 walk, without the lock
 *                                             step into the node
 *   the array shrinks to its first entry:
 *   the head has it, the node a retry entry
 *                                             meet the retry entry, go on behind it
 *
 * A walk may meet what comes and goes, or not. It meets all that was there from the first moment to the last, in
 * whatever nodes that is now.
 */

/* @start */
void start(void)
{
	world_array();
	put_item(0);
	put_item(1);
}

/* @thread erase, and store beside */
void writer(void)
{
	take_item_out(1);
	put_item(35);
}

/* @thread walk and lookup (RCU) */
void reader(void)
{
	__assert(walk_items(ULONG_MAX) & BIT(0), "lost-entry", "a walk passes an entry that was there all the time");
	__assert(look_item_up(0) == ITEM(0), "lost-entry", "a lookup does not find an entry that was there all the time");
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(walk_items(ULONG_MAX) == (BIT(0) | BIT(35)), "lost-entry", "the array holds something else than was left in it");
}

/* @broken
@@ xas_retry @@
-		xas_reset(xas);
 */
