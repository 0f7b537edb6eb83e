/*
 * A synchronous fault maps a page before its block is on record
 *
 * Id:          dax-sync-fault-maps-last
 * Rule:        stale-block-mapping
 * Seen:        -
 * Functions:   dax_finish_sync_fault, dax_insert_pfn_mkwrite
 * Advice:      map the page when the fsync has returned, and not at all when it failed
 * Era:         xarray
 * Needs:       dax_finish_sync_fault
 *
 * Guards the promise of MAP_SYNC: what can be written to through such a mapping is
 * there after a crash. The filesystem allocates the block in the fault; until an
 * fsync has put that on record, a crash takes the block away from the file.
 *
 *   synchronous fault                    another thread of the process
 *   -----------------                    -----------------------------
 *   allocates a block
 *   maps it writable
 *                                        writes, and believes it is safe
 *   fsync: it is on record
 */

/* @start */
void start(void)
{
	world_file(1);
	world_sync_mapping(0);
}

/* @thread synchronous PTE fault, index 0 */
void first(void)
{
	sync_fault(0, 0, 0);
}

/* @thread PTE read fault, index 0 */
void second(void)
{
	pte_fault(0, 0, 0);
}

/* @always */
void always(void)
{
	check_synchronous();
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_no_locked_entry();
}

/* @broken
@@ dax_finish_sync_fault @@
 	loff_t last = first + (PAGE_SIZE << order) - 1;
+	vm_fault_t ret = dax_insert_pfn_mkwrite(vmf, pfn, order);
 
 	if (vfs_fsync_range(vmf->vma->vm_file, first, last, 1))
 		return VM_FAULT_SIGBUS;
-	return dax_insert_pfn_mkwrite(vmf, pfn, order);
+	return ret;
 }
 */
