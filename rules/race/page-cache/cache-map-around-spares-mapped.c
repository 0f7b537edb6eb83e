/*
 * Fault-around sets a PTE that another thread has set before it
 *
 * Id:          cache-map-around-spares-mapped
 * Rule:        assertion
 * Seen:        -
 * Functions:   filemap_map_pages, do_fault_around
 * Advice:      leave a PTE alone that is there already; look under the page table's lock
 * Era:         page-xarray
 * Files:       mm/memory.c, mm/truncate.c, mm/filemap.c
 *
 * 1 page fault, index 0, maps 1 as well     2 page fault of the same process, index 1
 *   the tree has a folio at 1; lock it
 *                                             set the PTE of index 1
 *   set the PTE of index 1
 *
 * Only the PTE of the fault itself is known to have been empty. One PTE is counted
 * twice, and the page is never freed. In a private mapping the file's page takes the
 * place of a copy, and what was written to that is lost.
 */

/* @start */
void start(void)
{
	world_cached_file(2);
	world_fault_around(0);
	world_cached_page(0);
	world_cached_page(1);
}

/* @thread page fault, index 0, that maps index 1, too */
void fault(void)
{
	cached_fault(0, 0, 0);
}

/* @thread page fault, index 1 */
void other(void)
{
	cached_fault(0, 1, 0);
}

/* @finally */
void finally(void)
{
	check_cached_mappings();
	check_no_locked_page();
}

/* @broken
@@ filemap_map_pages @@
-		if (pte_none(ptep_get(vmf->pte))) {
-			set_pte_range(vmf, folio, &folio->page, 1, addr);
-			folio_get(folio);
-			if (addr == vmf->address)
-				ret = VM_FAULT_NOPAGE;
-		}
+		set_pte_range(vmf, folio, &folio->page, 1, addr);
+		folio_get(folio);
+		if (addr == vmf->address)
+			ret = VM_FAULT_NOPAGE;
 */
