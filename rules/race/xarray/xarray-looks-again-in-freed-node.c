/*
 * A lookup finds in its slot still what a large entry has taken the place of
 *
 * Id:          xarray-looks-again-in-freed-node
 * Rule:        wrong-entry
 * Seen:        -
 * Advice:      leave retry entries in the slots of a node that is freed: readers look there again
 * Functions:   xas_store, xas_free_nodes, xas_reload, filemap_get_entry
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xas_store
 *
 * Who finds a page takes a reference and looks whether the page is in its slot still; if so, it was there when the
 * reference was taken. The node may be freed by then, and is read all the same, until a grace period is over:
 *
 * 1 store of a large entry                  2 lookup, without the lock
 *                                             find the item
 *   take the node out, and free it
 *   what was in it goes
 *                                             look again, in the node that is freed:
 *                                             it must not be there
 */
static int gone;

/* @start */
void start(void)
{
	world_array();
	put_item(1);
	put_item(17);
}

/* @thread store of a large entry */
void writer(void)
{
	put_large_item(16, 4);
	gone = 1;
}

/* @thread lookup that looks again (RCU) */
void reader(void)
{
	__assert(!item_held_when(17, &gone), "wrong-entry", "a lookup believes in what has been taken out before it looked again");
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(look_item_up(1) == ITEM(1) && look_item_up(17) == ITEM(16), "lost-entry", "the array holds something else than was put there");
}

/* @broken
@@ xas_free_nodes @@
-		else if (entry)
-			RCU_INIT_POINTER(top->slots[slot], XA_RETRY_ENTRY);
 */
