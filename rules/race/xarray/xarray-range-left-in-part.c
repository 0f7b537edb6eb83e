/*
 * A part of a range is passed where its store had to wait for a node
 *
 * Id:          xarray-range-left-in-part
 * Rule:        lost-entry
 * Seen:        -
 * Advice:      go on in the range where nothing was stored yet, once there is memory
 * Functions:   xa_store_range, xas_set_range
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xa_store_range
 *
 * A range that is not one entry's takes several: in the leaves where it begins and ends, and in their parent all that is
 * between. Where there is no node to be had the lock falls, and others store and erase beside it before the rest is.
 */

/* @start */
void start(void)
{
	world_array();
	put_item(5);
	put_item(60);
	world_scarce_nodes();
}

/* @thread store one entry for a range that ends in another leaf */
void store_range(void)
{
	put_item_for_range(6, 36);
}

/* @thread store, look up (RCU) and erase */
void other(void)
{
	void *found;

	put_item(37);
	found = look_item_up(20);
	__assert(!found || found == ITEM(6), "wrong-entry", "a lookup in a range finds what nobody stored there");
	__assert(look_item_up(5) == ITEM(5), "lost-entry", "an entry is not found while a range behind it is stored");
	take_item_out(60);
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(look_item_up(6) == ITEM(6) && look_item_up(15) == ITEM(6) && look_item_up(16) == ITEM(6) &&
		 look_item_up(31) == ITEM(6) && look_item_up(32) == ITEM(6) && look_item_up(36) == ITEM(6), "lost-entry",
		 "an index of a range that was stored has none");
	__assert(look_item_up(5) == ITEM(5) && look_item_up(37) == ITEM(37) && !look_item_up(60), "lost-entry",
		 "the array holds something else than was left in it");
}

/* @broken
@@ xa_store_range @@
-			if (xas_error(&xas))
-				break;
 			first += xas_size(&xas);
+			if (xas_error(&xas))
+				break;
 */
