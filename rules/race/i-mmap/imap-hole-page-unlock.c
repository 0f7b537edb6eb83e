/*
 * A read fault releases the lock of the mappings that it took only without a page
 *
 * Id:          imap-hole-page-unlock
 * Rule:        wrong-unlock
 * Seen:        v4.3-rc
 * Introduced:  843172978bb9 ("dax: fix race between simultaneous faults"),
 *              46c043ede471 ("mm: take i_mmap_lock in unmap_mapping_range() for DAX")
 * Fixed:       0f90cc6609c7 ("mm, dax: fix DAX deadlocks")
 * Link:        https://lkml.org/lkml/2015/9/25/602
 * Functions:   __dax_fault, dax_load_hole, i_mmap_unlock_write
 * Advice:      release the lock under the same condition under which it was taken
 * Era:         get-block
 * Files:       fs/dax.c, mm/memory.c
 *
 * i_mmap_rwsem stands in for the lock of a page that is not there. A read fault of a
 * hole releases it on its way to the page of zeroes, and forgets to ask whether there
 * was a page: the second read of a hole releases what it never took. Somebody else may
 * hold it just then.
 *
 *   read fault of a hole                 truncate, or another fault
 *   --------------------                 --------------------------
 *   finds the page, locks it
 *                                        takes i_mmap_rwsem for writing
 *   releases i_mmap_rwsem
 *                                        works on without it
 */

/* @start */
void start(void)
{
	world_file(1);
	world_hole(0, 1);
	world_second_mm();
	pte_fault(1, 0, 0);
}

/* @thread PTE read fault of a hole that has its page, index 0 */
void first(void)
{
	pte_fault(0, 0, 0);
}

/* @broken
@@ __dax_fault @@
 	if (page && vmf->pgoff >= dax_file_pages(inode))
 		goto unlock_page;
+	if (!page)
+		i_mmap_lock_write(mapping);
@@ __dax_fault @@
-		if (!(vmf->flags & FAULT_FLAG_WRITE))
+		if (!(vmf->flags & FAULT_FLAG_WRITE)) {
+			i_mmap_unlock_write(mapping);
 			return dax_load_hole(mapping, page, vmf);
+		}
@@ __dax_fault @@
 		delete_from_page_cache(page);
 		dax_put_locked_page(page);
+	} else {
+		i_mmap_unlock_write(mapping);
 	}
@@ __dax_fault @@
 unlock_page:
-	dax_put_locked_page(page);
+	if (page)
+		dax_put_locked_page(page);
+	else
+		i_mmap_unlock_write(mapping);
 */
