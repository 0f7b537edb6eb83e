/*
 * A lookup goes by a slot of a large entry into a slot of a larger one, and hands out what points to that
 *
 * Id:          xarray-sibling-of-sibling
 * Rule:        wrong-entry
 * Seen:        v4.20..v6.0, v6.2..v6.4.0, v6.5.0
 * Fixed:       cbc02854331e ("XArray: Do not return sibling entries from xa_load()")
 * Advice:      go on as long as the slot that is pointed to points to another
 * Functions:   xas_descend, xas_load, xa_load, filemap_get_entry
 * Era:         array
 * Files:       lib/xarray.c, include/linux/xarray.h
 * Needs:       xas_load
 *
 * Indices 2 and 3 are one entry, and become a part of the entry of 0 to 3. Readers hold no lock between two slots:
 *
 * 1 store of a larger entry                 2 lookup of index 3
 *                                             read slot 3: look in slot 2
 *   slot 2 points to slot 0
 *                                             read slot 2: no entry, and no item
 */

/* @start */
void start(void)
{
	world_array();
	put_large_item(2, 1);
	put_item(20);
}

/* @thread store of a larger entry */
void writer(void)
{
	put_large_item(0, 2);
}

/* @thread lookup at index 3 (RCU) */
void reader(void)
{
	void *found = look_item_up(3);

	__assert(found == ITEM(2) || found == ITEM(0), "wrong-entry", "a lookup hands out an entry of the array's own");
}

/* @finally */
void finally(void)
{
	check_array();
	__assert(look_item_up(3) == ITEM(0) && look_item_up(20) == ITEM(20), "lost-entry", "the array holds something else than was put there");
}

/* @broken
@@ xas_descend @@
-	for (;; slot = xa_to_sibling(entry)) {
-		entry = xa_entry(xas->xa, node, slot);
-		if (!xa_is_sibling(entry))
-			break;
-	}
+	entry = xa_entry(xas->xa, node, slot);
+	if (xa_is_sibling(entry)) {
+		slot = xa_to_sibling(entry);
+		entry = xa_entry(xas->xa, node, slot);
+	}
 */
