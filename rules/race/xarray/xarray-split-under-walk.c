/*
 * A walk loses its way in an entry that is being split
 *
 * Id:          xarray-split-under-walk
 * Rule:        lost-entry
 * Seen:        -
 * Advice:      tell a new node its parent before the parent tells of it
 * Functions:   xas_split, xas_find
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xas_split
 *
 * 1 split a large entry                     2 walk, without the lock
 *   put a node in the place of a slot
 *                                             go down into it, and on to its end
 *                                             go up: to where its parent was to be
 *   tell the node its parent
 */

/* @start */
void start(void)
{
	world_array();
	put_large_item(32, 5);
	put_item(70);
}

/* @thread split an entry of 32 indices */
void split(void)
{
	split_item(32, 5);
}

/* @thread walk (RCU) */
void reader(void)
{
	unsigned long met = walk_items(ULONG_MAX);

	__assert(met & BIT(32), "lost-entry", "a walk passes an entry that is being split");
	__assert(met & BIT(62), "lost-entry", "a walk passes what is behind an entry that is being split");
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(look_item_up(32) == ITEM(32) && look_item_up(47) == ITEM(32) && look_item_up(63) == ITEM(32), "lost-entry",
		 "an index of an entry that was split has none");
}

/* @broken
@@ xas_split @@
-			RCU_INIT_POINTER(child->parent, node);
@@ xas_split @@
 			rcu_assign_pointer(node->slots[slot], xa_mk_node(child));
+			rcu_assign_pointer(child->parent, node);
 */
