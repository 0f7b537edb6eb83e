/*
 * Who goes to the index before comes to the same one again
 *
 * Id:          xarray-prev-stays
 * Rule:        wrong-entry
 * Seen:        -
 * Advice:      move the index back before the node is left
 * Functions:   __xas_prev, xas_prev, page_cache_prev_miss
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       __xas_prev
 *
 * Within a leaf the index before is the slot before. From its first slot the walk goes up and down again, by its index,
 * and before the first slot of the topmost node there is nothing, although what counts the slots wraps there.
 */

/* @start */
void start(void)
{
	world_array();
	put_item(14);
	put_item(15);
	put_item(16);
	put_item(17);
}

/* @thread erase, and store far behind */
void writer(void)
{
	take_item_out(14);
	put_item(300);
}

/* @thread walk back from neighbour to neighbour (RCU) */
void reader(void)
{
	unsigned long met = walk_neighbours_back(17);

	__assert((met & ~BIT(14)) == (BIT(15) | BIT(16) | BIT(17)), "lost-entry",
		 "a walk back passes a neighbour that was there all the time");
}

/* @finally */
void finally(void)
{
	check_array();
	put_item(0);
	put_item(1);
	__assert(walk_neighbours_back(1) == (BIT(0) | BIT(1)), "wrong-entry", "a walk back meets something before the first index");
}

/* @broken
@@ __xas_prev @@
-	if (!xas_frozen(xas->xa_node))
-		xas->xa_index -= 1;
 */
