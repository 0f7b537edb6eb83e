/*
 * Zeroes are taken for a page of the file
 *
 * Id:          dax-lock-by-index
 * Rule:        wrong-entry
 * Seen:        -
 * Advice:      an entry without a block has no page: lock nothing and hand out no page
 * Era:         xarray
 * Needs:       dax_lock_mapping_entry
 *
 * Guards a rule of the protocol: whoever locks an entry by file and index meets
 * entries that faults have put there for holes. They name no page of the file,
 * and neither does an entry that another thread holds say what it will name.
 *
 *   PTE write fault                      lock by index
 *   ---------------                      -------------
 *                                        finds the zero page, locks its entry
 *                                        and hands out the page of zeroes,
 *                                        which belongs to no file
 */

/* @start */
void start(void)
{
	world_file(2);
	world_hole(1, 1);
	pte_fault(0, 0, 0);
	pte_fault(0, 1, 0);
}

/* @thread PTE write fault, index 1 */
void first(void)
{
	pte_fault(0, 1, 1);
}

/* @thread lock of the entry by file and index */
void second(void)
{
	lock_mapping_entry(1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_lock_mapping_entry @@
-	if (!entry || dax_is_blockless_entry(entry)) {
+	if (!entry || dax_is_empty_entry(entry)) {
 		entry = DAX_NOTHING_LOCKED;
 */
