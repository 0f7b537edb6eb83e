/*
 * An entry is not found while the array grows
 *
 * Id:          xarray-load-versus-growth
 * Rule:        lost-entry
 * Seen:        -
 * Advice:      fill a new node before it is the head of the array
 * Functions:   xa_load, xas_load, xas_expand
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xa_load
 *
 * 1 store far behind                        2 load, without the lock
 *   make a node the head of the array
 *                                             find it, and nothing in it
 *   put the old head into it
 *
 * Readers hold no lock. What was there all the time must be there for them, at every moment.
 */

/* @start */
void start(void)
{
	world_array();
	put_item(0);
	put_item(3);
	mark_item(3);
}

/* @thread store far behind */
void store_far(void)
{
	put_item(300);
}

/* @thread lookups (RCU) */
void reader(void)
{
	__assert(look_item_up(0) == ITEM(0), "lost-entry", "the entry at index 0 is not found while the array grows");
	__assert(look_item_up(3) == ITEM(3), "lost-entry", "an entry is not found while the array grows");
	__assert(walk_marked_items(15) == BIT(3), "lost-entry", "a marked entry is not found while the array grows");
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(look_item_up(0) == ITEM(0) && look_item_up(3) == ITEM(3) && look_item_up(300) == ITEM(300), "lost-entry",
		 "an entry is gone after the array grew");
	__assert(walk_marked_items(ULONG_MAX) == BIT(3), "lost-entry", "a mark is gone after the array grew");
}

/* @broken
@@ xas_expand @@
+		rcu_assign_pointer(xa->xa_head, xa_mk_node(node));
 		RCU_INIT_POINTER(node->slots[0], head);
 */
