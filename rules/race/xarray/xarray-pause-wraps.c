/*
 * A walk that pauses at the last index begins anew
 *
 * Id:          xarray-pause-wraps
 * Rule:        wrong-entry
 * Seen:        v4.20..v5.4
 * Fixed:       82a22311b7a6 ("XArray: Fix xas_pause at ULONG_MAX")
 * Advice:      let a walk end that pauses at ULONG_MAX: the index behind it is 0
 * Functions:   xas_pause
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xas_pause
 *
 * A walk that lets others have the lock goes on behind the index that it has reached. Behind the last one there is
 * none, and the sum is 0: the walk meets everything again, and never ends.
 */

/* @start */
void start(void)
{
	world_array();
	put_item(0);
	put_item(ULONG_MAX);
}

/* @thread walk that pauses at every entry */
void walker(void)
{
	unsigned long met = walk_items_pausing(ULONG_MAX);

	__assert(met == (BIT(0) | BIT(63)), "lost-entry", "a walk passes an entry");
}

/* @finally */
void finally(void)
{
	check_array();
}

/* @broken
@@ xas_pause @@
-	if (!xas->xa_index)
-		set_bounds(xas);
 */
