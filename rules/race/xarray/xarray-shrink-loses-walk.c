/*
 * A walk that stands in a node misses that the array shrank
 *
 * Id:          xarray-shrink-loses-walk
 * Rule:        lost-entry
 * Seen:        -
 * Advice:      leave a retry entry where an entry of a freed node was, so that who stands there begins anew
 * Functions:   xas_shrink, xas_load, xas_reload
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xas_load
 *
 * 1 erase, then store anew at index 0       2 look twice at index 0, in one section
 *                                             step into the node, read the entry
 *   erase the entry behind it: the array
 *   shrinks, index 0 is in its head
 *   store another entry at index 0
 *                                             read the slot again: the old entry
 */

static int was_stored_anew;

/* @start */
void start(void)
{
	world_array();
	put_item(0);
	put_item(1);
}

/* @thread erase, and store anew */
void writer(void)
{
	take_item_out(1);
	put_new_item(0);
	was_stored_anew = 1;
}

/* @thread look twice (RCU) */
void reader(void)
{
	XA_STATE(xas, &the_array, 0);
	void *entry;
	int stored;

	rcu_read_lock();
	do {
		entry = xas_load(&xas);
	} while (xas_retry(&xas, entry));
	stored = was_stored_anew;
	entry = xas_reload(&xas);
	rcu_read_unlock();
	__assert(!stored || entry == NEW_ITEM(0) || xa_is_retry(entry), "lost-entry",
		 "a second look sees an entry that was replaced before");
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(look_item_up(0) == NEW_ITEM(0) && !look_item_up(1), "lost-entry", "the array holds something else than was left in it");
}

/* @broken
@@ xas_shrink @@
-		if (!xa_is_node(only))
-			RCU_INIT_POINTER(top->slots[0], XA_RETRY_ENTRY);
 */
