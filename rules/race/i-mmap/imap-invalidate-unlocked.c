/*
 * An invalidation walks the mappings of a file without the lock that keeps them
 *
 * Id:          imap-invalidate-unlocked
 * Rule:        locking-assumption
 * Seen:        v4.3-rc
 * Introduced:  843172978bb9 ("dax: fix race between simultaneous faults")
 * Fixed:       46c043ede471 ("mm: take i_mmap_lock in unmap_mapping_range() for DAX")
 * Link:        https://lkml.org/lkml/2015/9/25/602
 * Functions:   unmap_mapping_range, invalidate_inode_pages2_range, i_mmap_lock_write, IS_DAX
 * Advice:      take i_mmap_rwsem for every file, or assert that the caller holds it
 * Era:         get-block
 * Files:       fs/dax.c, mm/memory.c
 *
 * The second caller that does not hold what unmap_mapping_range() takes for granted:
 * direct I/O and write() drop the pages that stand for holes, under the inode's lock
 * and the page's.
 *
 *   invalidate_inode_pages2_range()      munmap() in another process
 *   -------------------------------      ---------------------------
 *   locks the page of the hole
 *   goes through the mappings without
 *   i_mmap_rwsem
 *                                        takes its mapping out, under i_mmap_rwsem
 *   goes on from what is no mapping
 *   any more
 */

/* @start */
void start(void)
{
	world_file(1);
	world_hole(0, 1);
	world_second_mm();
	pte_fault(0, 0, 0);
}

/* @thread invalidation, index 0 */
void first(void)
{
	invalidate_pages(0, 1);
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
