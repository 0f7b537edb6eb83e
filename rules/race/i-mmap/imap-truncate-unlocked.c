/*
 * A truncate walks the mappings of a file while a process takes its own away
 *
 * Id:          imap-truncate-unlocked
 * Rule:        locking-assumption
 * Seen:        v4.3-rc
 * Introduced:  843172978bb9 ("dax: fix race between simultaneous faults")
 * Fixed:       46c043ede471 ("mm: take i_mmap_lock in unmap_mapping_range() for DAX")
 * Link:        https://lkml.org/lkml/2015/9/25/602
 * Functions:   unmap_mapping_range, truncate_pagecache, i_mmap_lock_write, IS_DAX
 * Advice:      take i_mmap_rwsem for every file, or assert that the caller holds it
 * Era:         get-block
 * Files:       fs/dax.c, mm/memory.c
 *
 * unmap_mapping_range() left the lock of the mappings alone when the file is a DAX
 * file: a fault that calls it holds that lock already. A truncate does not, and
 * nothing else keeps mmap() and munmap() of other processes away:
 *
 *   truncate                             munmap() in another process
 *   --------                             ---------------------------
 *   does not take i_mmap_rwsem
 *   goes to the first mapping
 *                                        takes i_mmap_rwsem
 *                                        takes that mapping out of the tree,
 *                                        and the memory of it is freed
 *   goes on from what is no mapping
 *   any more
 *
 * The locks that a truncate does hold are the filesystem's: they keep faults away,
 * not mappings.
 */

/* @start */
void start(void)
{
	world_file(1);
	world_second_mm();
}

/* @thread truncate to nothing */
void first(void)
{
	truncate_file(0);
}

/* @thread munmap and mmap in another process */
void second(void)
{
	unmap_file(1);
	map_file_again(1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
	check_nothing_beyond(0);
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
