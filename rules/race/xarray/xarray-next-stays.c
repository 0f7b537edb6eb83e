/*
 * Who goes to the next index comes to the same one again
 *
 * Id:          xarray-next-stays
 * Rule:        wrong-entry
 * Seen:        -
 * Advice:      move the index on before the node is left
 * Functions:   __xas_next, xas_next, filemap_get_read_batch
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       __xas_next
 *
 * Within a leaf the next index is the next slot. At its end the walk goes up and down again, by its index: what that
 * still says decides where it arrives.
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

/* @thread erase, and store beside */
void writer(void)
{
	take_item_out(17);
	put_item(1);
}

/* @thread walk from neighbour to neighbour (RCU) */
void reader(void)
{
	unsigned long met = walk_neighbours(14);

	__assert((met & (BIT(14) | BIT(15) | BIT(16))) == (BIT(14) | BIT(15) | BIT(16)), "lost-entry",
		 "a walk passes a neighbour that was there all the time");
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(!look_item_up(17) && look_item_up(1) == ITEM(1), "lost-entry",
		 "the array holds something else than was left in it");
}

/* @broken
@@ __xas_next @@
-	if (!xas_frozen(xas->xa_node))
-		xas->xa_index += 1;
 */
