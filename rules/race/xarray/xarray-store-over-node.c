/*
 * Nodes stay in use after a large entry was stored over them
 *
 * Id:          xarray-store-over-node
 * Rule:        lost-entry
 * Seen:        -
 * Advice:      free all nodes below a slot that gets an entry
 * Functions:   xas_store, xas_free_nodes
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xas_store
 *
 * 1 store one entry for sixteen indices     2 walk, without the lock
 *                                             step into the node of some of them
 *   put the entry in the place of the node
 *   free what was below
 *                                             read on in the node, and behind it
 *
 * Whoever stands in the node goes on in it; what nobody leads to any more is freed, with all below it.
 */

/* @start */
void start(void)
{
	world_array();
	put_item(33);
	put_item(50);
}

/* @thread store an entry for sixteen indices */
void store_large(void)
{
	put_large_item(32, 4);
}

/* @thread walk (RCU) */
void reader(void)
{
	unsigned long met = walk_items(ULONG_MAX);

	__assert(met & BIT(50), "lost-entry", "a walk passes what is behind a large entry that is being stored");
	__assert(met & (BIT(32) | BIT(33)), "lost-entry", "a walk meets neither a large entry nor what it is stored over");
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(look_item_up(33) == ITEM(32) && look_item_up(47) == ITEM(32) && look_item_up(50) == ITEM(50), "lost-entry",
		 "the array holds something else than was stored");
}

/* @broken
@@ xas_free_nodes @@
-	xa_node_free(top);
 */
