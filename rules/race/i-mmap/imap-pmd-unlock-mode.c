/*
 * A PMD fault drops the lock of the mappings in another mode than it took it
 *
 * Id:          imap-pmd-unlock-mode
 * Rule:        wrong-unlock
 * Seen:        -
 * Link:        https://lkml.org/lkml/2015/9/25/602
 * Functions:   __dax_pmd_fault, i_mmap_unlock_read, i_mmap_lock_write
 * Advice:      change all pairs of one lock together, or none
 * Era:         get-block
 * Files:       fs/dax.c, mm/memory.c
 *
 * Half of a conversion from writing to reading: the pair around unmap_mapping_range()
 * is converted, the pair around the fault is not. This is what the first patch of a
 * series of 2015 does as long as the second is not applied: a bisection that stops
 * between the two has a semaphore that counts a reader who never came.
 *
 *   i_mmap_lock_write()                  at the start
 *   i_mmap_unlock_read()                 before unmap_mapping_range()
 *   i_mmap_lock_read()                   after it
 *   i_mmap_unlock_write()                at the end
 */

/* @start */
void start(void)
{
	world_file(PMD_PAGES);
	world_hole(0, PMD_PAGES);
}

/* @thread PMD write fault, index 0 */
void first(void)
{
	pmd_fault(0, 0, 1);
}

/* @broken
@@ __dax_pmd_fault @@
-	i_mmap_lock_read(mapping);
+	i_mmap_lock_write(mapping);
 
 	result = VM_FAULT_FALLBACK;
@@ __dax_pmd_fault @@
 out:
-	i_mmap_unlock_read(mapping);
+	i_mmap_unlock_write(mapping);
 */
