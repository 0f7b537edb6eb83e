/*
 * A PMD fault drops the lock of the mappings for a call that then walks without it
 *
 * Id:          imap-pmd-fault-unlocked
 * Rule:        locking-assumption
 * Seen:        -
 * Link:        https://lkml.org/lkml/2015/9/25/602
 * Functions:   unmap_mapping_range, __dax_pmd_fault, i_mmap_lock_write, IS_DAX
 * Advice:      take i_mmap_rwsem for every file, or assert that the caller holds it
 * Era:         get-block
 * Files:       fs/dax.c, mm/memory.c
 *
 * Two halves that are each right with another other half. A fault that has new blocks
 * drops i_mmap_rwsem around unmap_mapping_range(), because that takes it; and
 * unmap_mapping_range() does not take it, because faults hold it. Neither a version
 * with one half nor one with the other does both: this is what a patch of 2015
 * proposed to restore ("Revert mm: take i_mmap_lock in unmap_mapping_range() for
 * DAX"), and its reviewer asked for an assertion.
 *
 *   PMD write fault                      munmap() in another process
 *   ---------------                      ---------------------------
 *   allocates, drops i_mmap_rwsem
 *   goes through the mappings
 *                                        takes its mapping out, under i_mmap_rwsem
 *   goes on from what is no mapping
 *   any more
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_hole(0, PMD_PAGES);
	world_second_mm();
}

/* @thread PMD write fault, index 0 */
void first(void)
{
	pmd_fault(0, 0, 1);
}

/* @thread munmap in another process */
void second(void)
{
	unmap_file(1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
}

/* @broken
@@ unmap_mapping_range @@
-	i_mmap_lock_write(mapping);
+	if (!IS_DAX(mapping->host))
+		i_mmap_lock_write(mapping);
 	if (unlikely(!RB_EMPTY_ROOT(&mapping->i_mmap)))
 		unmap_mapping_range_tree(&mapping->i_mmap, &details);
-	i_mmap_unlock_write(mapping);
+	if (!IS_DAX(mapping->host))
+		i_mmap_unlock_write(mapping);
 }
 */
