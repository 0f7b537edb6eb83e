/*
 * A small write to a huge page that is clean does not make it dirty
 *
 * Id:          dax-write-under-clean-pmd
 * Rule:        missed-write-protect
 * Seen:        -
 * Advice:      set the dirty mark of the entry that is there, whatever its size
 * Era:         xarray
 *
 * Guards a rule of the protocol: where the file has a huge entry with a block, a PTE
 * fault leaves it alone. What it maps can be written to, and it is the huge entry
 * that has to say so to the next fsync.
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_second_mm();
	pmd_fault(0, 0, 1);
	writeback_file();
}

/* @thread write by another process, index 1 */
void first(void)
{
	store_to(1, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_insert_entry @@
 	if (!shared && !dax_is_blockless_entry(entry)) {
 		xas_load(xas);
+		dirty = dirty && xa_to_value(entry) == xa_to_value(new_entry);
 	} else {
 */
