/*
 * An entry is inserted where the split PMD entry began
 *
 * Id:          dax-split-elsewhere
 * Rule:        warning
 * Seen:        -
 * Advice:      xas_set() the index again after the PMD entry was taken out
 * Era:         xarray
 *
 * Guards a rule of the protocol: an xa_state that found a PMD entry stands at that
 * entry's first slot, whatever index it was asked for. After the entry is gone the
 * state has to be sent to its index anew. Otherwise the new entry, and its lock,
 * come to stand below the first slot, and nothing is where the fault looks for the
 * entry that it thinks it owns.
 */

/* @start */
void start(void)
{
	world_file(2 * PMD_PAGES);
	world_hole(0, PMD_PAGES);
	world_second_mm();
	pte_fault(0, PMD_PAGES, 0);
	pmd_fault(0, 0, 0);
}

/* @thread PTE read fault in another process, index 3 */
void first(void)
{
	pte_fault(1, 3, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ grab_mapping_entry @@
-		xas_set(xas, index);
 		entry = dax_make_entry(pfn_to_pfn_t(0), size_flag | DAX_EMPTY);
 */
