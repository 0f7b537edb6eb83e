/*
 * Two threads of a process fault the same page, and both set its PTE
 *
 * Id:          cache-two-threads-fault
 * Rule:        assertion
 * Seen:        -
 * Advice:      look at the PTE again under the page table's lock
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault                              2 page fault of the same process
 *   find the page, reference
 *                                             find the page, reference
 *                                             set the PTE, count a mapping
 *   set the PTE, count a mapping
 *
 * One PTE is counted twice, and the page is never freed.
 */

/* @start */
void start(void)
{
	world_cached_file(2);
	world_cached_page(0);
}

/* @thread page fault, index 0 */
void fault(void)
{
	cached_fault(0, 0, 0);
}

/* @thread page fault, index 0 */
void other(void)
{
	cached_fault(0, 0, 0);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

/* @broken
@@ finish_fault @@
-	if (pte_none(ptep_get(vmf->pte))) {
-		set_pte_range(vmf, page_folio(page), page, 1, vmf->address);
-		ret = 0;
-	}
+	set_pte_range(vmf, page_folio(page), page, 1, vmf->address);
+	ret = 0;
 */
