/*
 * A lookup meets a part of a large entry that is being stored
 *
 * Id:          xarray-large-entry-is-one
 * Rule:        wrong-entry
 * Seen:        -
 * Advice:      store the entry before the siblings that lead to it
 * Functions:   xas_store, xas_load, xas_descend
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xas_store
 *
 * 1 store one entry for four indices        2 lookups of them, without the lock
 *   store what leads to the entry
 *                                             follow it: what stands there is another's
 *   store the entry
 */

/* @start */
void start(void)
{
	world_array();
	put_item(1);
	put_new_item(4);
}

/* @thread store an entry for four indices */
void store_large(void)
{
	put_large_item(4, 2);
}

/* @thread lookups (RCU) */
void reader(void)
{
	void *last = look_item_up(7), *first = look_item_up(4);

	__assert(!last || last == ITEM(4), "wrong-entry", "a lookup in a large entry finds what nobody stored there");
	__assert(first == NEW_ITEM(4) || first == ITEM(4), "lost-entry", "an entry is not found while a large one is stored over it");
	__assert(look_item_up(1) == ITEM(1), "lost-entry", "an entry is not found while another is stored");
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(look_item_up(4) == ITEM(4) && look_item_up(6) == ITEM(4) && look_item_up(7) == ITEM(4), "lost-entry",
		 "a large entry is not found at all of its indices");
}

/* @broken
@@ xas_store @@
+	for (unsigned int at = slot + 1; entry && at <= last; at++)
+		rcu_assign_pointer(node->slots[at], xa_mk_sibling(slot));
 	for (there = old;; place++) {
 */
