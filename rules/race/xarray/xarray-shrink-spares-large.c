/*
 * A large entry loses all its indices but the first where the array shrinks
 *
 * Id:          xarray-shrink-spares-large
 * Rule:        lost-entry
 * Seen:        -
 * Advice:      leave an entry in the node that says how large it is
 * Functions:   xas_shrink, xa_load
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xas_store
 *
 * The head of an array is an entry for index 0 and no other. What stands in the first slot of a higher node stands for
 * all the indices below it, and is none that could be the head.
 */

/* @start */
void start(void)
{
	world_array();
	put_large_item(0, 4);
	put_item(70);
}

/* @thread erase */
void erase(void)
{
	take_item_out(70);
}

/* @thread lookups (RCU) */
void reader(void)
{
	__assert(look_item_up(9) == ITEM(0), "lost-entry", "an index of a large entry is not found while the array shrinks");
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(look_item_up(0) == ITEM(0) && look_item_up(15) == ITEM(0) && !look_item_up(70), "lost-entry",
		 "an index of a large entry is gone after the array shrank");
}

/* @broken
@@ xas_shrink @@
-		if (!only || (!xa_is_node(only) && top->shift))
+		if (!only)
 */
