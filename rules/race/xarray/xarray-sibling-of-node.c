/*
 * A lookup goes by a slot of a large entry into a node that has come in its place
 *
 * Id:          xarray-sibling-of-node
 * Rule:        wrong-entry
 * Seen:        v4.20..v5.17.0
 * Fixed:       63b1898fffcd ("XArray: Disallow sibling entries of nodes")
 * Advice:      look again when the slot that a sibling points to holds a node: the node is another index's
 * Functions:   xas_descend, xas_load, xa_load, filemap_get_entry
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xas_load
 *
 * A large entry stands in its first slot, and in the others that it takes is written which slot that is. Readers hold
 * no lock between the two:
 *
 * 1 erase, then store                       2 lookup of an index in the second slot
 *                                             read the second slot: look in the first
 *   take the large entry out
 *   store at index 1: the first slot
 *   holds a node
 *                                             read the first slot: go into the node,
 *                                             and find there what stands at index 1
 */

/* @start */
void start(void)
{
	world_array();
	put_large_item(0, 5);
	put_item(40);
}

/* @thread erase of the large entry, then store at index 1 */
void writer(void)
{
	take_item_out(0);
	put_item(1);
}

/* @thread lookup at index 17 (RCU) */
void reader(void)
{
	void *found = look_item_up(17);

	__assert(!found || found == ITEM(0), "wrong-entry", "a lookup finds what stands at another index");
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(look_item_up(1) == ITEM(1) && !look_item_up(17) && look_item_up(40) == ITEM(40), "lost-entry", "the array holds something else than was put there");
}

/* @broken
@@ xas_descend @@
-	return slot != own && node->shift && xa_is_node(entry) ? XA_RETRY_ENTRY : entry;
+	return entry;
 */
