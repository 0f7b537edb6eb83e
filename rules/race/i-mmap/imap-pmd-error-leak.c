/*
 * A PMD fault leaves the lock of the mappings behind when the filesystem has no block
 *
 * Id:          imap-pmd-error-leak
 * Rule:        lock-leak
 * Seen:        v4.3-rc
 * Introduced:  843172978bb9 ("dax: fix race between simultaneous faults"),
 *              46c043ede471 ("mm: take i_mmap_lock in unmap_mapping_range() for DAX")
 * Fixed:       0f90cc6609c7 ("mm, dax: fix DAX deadlocks")
 * Link:        https://lkml.org/lkml/2015/9/25/602
 * Functions:   __dax_pmd_fault, get_block, i_mmap_lock_write
 * Advice:      release i_mmap_rwsem on the path of the error too
 * Era:         get-block
 * Files:       fs/dax.c, mm/memory.c
 *
 * The lock is taken before the filesystem is asked, and its error is returned at once.
 * One PMD fault when the filesystem is full, or cannot read its metadata, and every
 * later fault, mmap() and munmap() of the file waits for ever.
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_hole(0, PMD_PAGES);
	world_failing_blocks();
}

/* @thread PMD write fault, index 0 */
void first(void)
{
	pmd_fault(0, 0, 1);
}

/* @broken
@@ __dax_pmd_fault @@
+	i_mmap_lock_write(mapping);
 	if (get_block(inode, block, &bh, write))
 		return VM_FAULT_SIGBUS;
-	i_mmap_lock_read(mapping);
@@ __dax_pmd_fault @@
-		i_mmap_unlock_read(mapping);
+		i_mmap_unlock_write(mapping);
 		unmap_mapping_range(mapping, pgoff << PAGE_SHIFT, PMD_SIZE, 0);
-		i_mmap_lock_read(mapping);
+		i_mmap_lock_write(mapping);
@@ __dax_pmd_fault @@
 out:
-	i_mmap_unlock_read(mapping);
+	i_mmap_unlock_write(mapping);
 */
