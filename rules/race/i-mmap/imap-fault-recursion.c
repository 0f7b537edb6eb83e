/*
 * A write fault takes the lock of the mappings twice when a read fault was quicker
 *
 * Id:          imap-fault-recursion
 * Rule:        recursive-lock
 * Seen:        v4.3-rc
 * Introduced:  843172978bb9 ("dax: fix race between simultaneous faults"),
 *              46c043ede471 ("mm: take i_mmap_lock in unmap_mapping_range() for DAX")
 * Fixed:       0f90cc6609c7 ("mm, dax: fix DAX deadlocks")
 * Link:        https://lkml.org/lkml/2015/9/25/602
 * Functions:   unmap_mapping_range, __dax_fault, i_mmap_lock_write, find_lock_page
 * Advice:      unmap before the lock is taken, or drop it around the call
 * Era:         get-block
 * Files:       fs/dax.c, mm/memory.c
 *
 * A fault that finds no page of a hole has nothing to lock, and takes i_mmap_rwsem for
 * writing in its place, from before it asks for the block. unmap_mapping_range() takes
 * the same lock, and is only called where there is a page; but a page may come:
 *
 *   PTE write fault                      PTE read fault
 *   ---------------                      --------------
 *   finds no page, takes i_mmap_rwsem
 *                                        (or before) finds a hole and no page,
 *                                        inserts a page of zeroes
 *   allocates the block
 *   looks for a page once more: there
 *   unmap_mapping_range() waits for
 *   i_mmap_rwsem, which it holds
 *
 * The read fault drops the lock before it inserts its page, so that it gets that far.
 * Where nothing at all keeps the two apart (dax-hole-versus-write) these threads show
 * that instead.
 */

/* @start */
void start(void)
{
	world_file(1);
	world_hole(0, 1);
	world_second_mm();
}

/* @thread PTE write fault, index 0 */
void first(void)
{
	pte_fault(0, 0, 1);
}

/* @thread PTE read fault in another process, index 0 */
void second(void)
{
	pte_fault(1, 0, 0);
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
+			if (!page)
+				i_mmap_unlock_write(mapping);
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
