/*
 * A PMD fault calls the walk over all mappings with their lock held
 *
 * Id:          imap-pmd-read-then-write
 * Rule:        recursive-lock
 * Seen:        -
 * Link:        https://lkml.org/lkml/2015/9/25/602
 * Functions:   __dax_pmd_fault, unmap_mapping_range, i_mmap_lock_read
 * Advice:      drop i_mmap_rwsem around unmap_mapping_range(), which takes it for writing
 * Era:         get-block
 * Files:       fs/dax.c, mm/memory.c
 *
 * Guards a rule of the protocol, which its history went past in both directions:
 * unmap_mapping_range() takes i_mmap_rwsem itself, so a fault that holds it, even for
 * reading, has to drop it around the call, and to look again at what it knew before.
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
-		i_mmap_unlock_read(mapping);
 		unmap_mapping_range(mapping, pgoff << PAGE_SHIFT, PMD_SIZE, 0);
-		i_mmap_lock_read(mapping);
 */
