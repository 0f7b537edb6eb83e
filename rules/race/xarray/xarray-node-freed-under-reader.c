/*
 * A node is freed while somebody reads in it
 *
 * Id:          xarray-node-freed-under-reader
 * Rule:        use-after-free
 * Seen:        -
 * Advice:      free a node after a grace period: readers hold no lock
 * Functions:   xa_load, xas_load, xas_delete_node, xas_shrink
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xa_load
 *
 * 1 erase                                   2 walk, without the lock
 *                                             step into a node
 *   erase the last entry in it
 *   free the node
 *                                             read a slot of it
 */

/* @start */
void start(void)
{
	world_array();
	put_item(1);
	put_item(20);
}

/* @thread erase */
void erase(void)
{
	take_item_out(20);
}

/* @thread walk (RCU) */
void reader(void)
{
	__assert(walk_items(31) & BIT(1), "lost-entry", "an entry is passed that was there all the time");
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(look_item_up(1) == ITEM(1) && !look_item_up(20), "lost-entry", "the array holds something else than was left in it");
}

/* @broken
@@ xa_node_free @@
-	call_rcu(&node->rcu_head, radix_tree_node_rcu_free);
+	radix_tree_node_rcu_free(&node->rcu_head);
 */
