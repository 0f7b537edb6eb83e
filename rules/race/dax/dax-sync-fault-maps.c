/*
 * A synchronous fault succeeds and maps nothing
 *
 * Id:          dax-sync-fault-maps
 * Rule:        livelock
 * Seen:        -
 * Functions:   dax_finish_sync_fault, dax_insert_pfn_mkwrite
 * Advice:      a fault that is no error leaves the page mapped, and writable after a write
 * Era:         xarray
 * Needs:       dax_finish_sync_fault
 *
 * As dax-fault-maps, for faults that wait for an fsync (MAP_SYNC): the first half
 * stores the entry, and the second one maps it. Nobody takes the entry away here.
 *
 *   synchronous fault                    another process, elsewhere
 *   -----------------                    --------------------------
 *   stores the entry
 *   fsync: it is on record
 *   finds the entry, maps nothing
 *   writes, and faults again
 */

/* @start */
void start(void)
{
	world_file(2 * PMD_PAGES);
	world_second_mm();
	world_sync_mapping(0);
	world_sync_mapping(1);
}

/* @thread synchronous PTE fault, index 0 */
void first(void)
{
	sync_fault(0, 0, 0);
}

/* @thread synchronous huge fault in another process */
void second(void)
{
	if (sync_fault(1, PMD_PAGES, 1) & VM_FAULT_FALLBACK)
		sync_fault(1, PMD_PAGES, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	__assert(pte_present_at(0, 0) && pte_write(mm[0].pte[0]), "livelock", "a synchronous fault has not mapped its page");
	__assert(pmd_present_at(1, PMD_PAGES) || pte_present_at(1, PMD_PAGES), "livelock", "a synchronous fault has mapped nothing");
}

/* @broken
@@ dax_insert_pfn_mkwrite @@
-	else if (order == 0)
-		ret = vmf_insert_mixed_mkwrite(vmf->vma, vmf->address, pfn);
+	else
+		ret = VM_FAULT_NOPAGE;
 */
