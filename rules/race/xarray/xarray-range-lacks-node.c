/*
 * A range that was to have all its nodes lacks one
 *
 * Id:          xarray-range-lacks-node
 * Rule:        lost-entry
 * Seen:        -
 * Advice:      make the nodes of the whole range, from its last leaf to its first
 * Functions:   xas_create_range, xas_store
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xas_create_range
 *
 * Who stores a range in one hold of the lock makes its nodes first, and gives the lock back where there is no memory
 * for one. Once they are there, no store may fail: half of the range is stored by then.
 */

/* @start */
void start(void)
{
	world_array();
	put_item(1);
	world_scarce_nodes();
}

/* @thread store a range of two leaves */
void store_range(void)
{
	put_range(32, 5);
}

/* @thread store, and erase */
void other(void)
{
	put_item(50);
	take_item_out(1);
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(look_item_up(32) == ITEM(32) && look_item_up(47) == ITEM(47) && look_item_up(63) == ITEM(63), "lost-entry",
		 "an index of a range that was stored has none");
}

/* @broken
@@ xas_create_range @@
-		if (xas->xa_index <= (first | XA_CHUNK_MASK))
+		if (xas->xa_index >= first)
 */
