/*
 * A fault succeeds and maps nothing, or not for what was asked
 *
 * Id:          dax-fault-maps
 * Rule:        livelock
 * Seen:        -
 * Functions:   dax_iomap_fault
 * Advice:      a fault that is no error leaves the page mapped, and writable after a write
 * Era:         xarray
 *
 * Guards a rule of the protocol: the processor tries the same access again when a
 * fault is over. Where nothing was mapped it faults again, and so for ever. Nobody
 * takes a mapping away here: two processes come to different pages.
 *
 *   PTE write fault                      PTE read fault of a hole
 *   ---------------                      ------------------------
 *                                        maps the page of zeroes
 *   maps the page read-only
 *   writes, and faults again
 */

/* @start */
void start(void)
{
	world_file(2);
	world_hole(1, 1);
	world_second_mm();
}

/* @thread PTE write fault, index 0 */
void first(void)
{
	store_to(0, 0);
}

/* @thread PTE read fault of a hole in another process, index 1 */
void second(void)
{
	pte_fault(1, 1, 0);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
	__assert(pte_present_at(0, 0) && pte_write(mm[0].pte[0]), "livelock", "a write fault has left its page read-only");
	__assert(pte_present_at(1, 1), "livelock", "a fault has mapped nothing");
}

/* @broken
@@ dax_fault_iter @@
-	return write ? vmf_insert_mixed_mkwrite(vmf->vma, vmf->address, pfn)
-		     : vmf_insert_mixed(vmf->vma, vmf->address, pfn);
+	return vmf_insert_mixed(vmf->vma, vmf->address, pfn);
 */
