/*
 * A private copy releases for writing what the fault of DAX holds for reading
 *
 * Id:          imap-cow-unlock-mode
 * Rule:        wrong-unlock
 * Seen:        v4.3
 * Introduced:  0f90cc6609c7 ("mm, dax: fix DAX deadlocks")
 * Fixed:       0df9d41ab5d4 ("mm, dax: fix DAX deadlocks (COW fault)")
 * Functions:   do_cow_fault, __dax_fault, i_mmap_unlock_write
 * Advice:      release i_mmap_rwsem in do_cow_fault() in the mode in which __dax_fault() left it
 * Era:         get-block
 * Files:       fs/dax.c, mm/memory.c
 *
 * A lock that one file takes and another one releases. __dax_fault() answers a fault of
 * a private mapping with VM_FAULT_LOCKED and no page, and leaves i_mmap_rwsem held;
 * do_cow_fault() maps the copy and releases it. One of them was changed from writing
 * to reading, the other was not:
 *
 *   __dax_fault(), fs/dax.c              do_cow_fault(), mm/memory.c
 *   -----------------------              ---------------------------
 *   i_mmap_lock_read()
 *   VM_FAULT_LOCKED, no page
 *                                        maps the copy
 *                                        i_mmap_unlock_write()
 *
 * Each file by itself is balanced, and no test of one of them can see it.
 */

/* @start */
void start(void)
{
	world_file(1);
	world_private_mapping(0);
	world_memory_faults();
}

/* @thread first write to a page of a private mapping, index 0 */
void first(void)
{
	memory_fault(0, 0, 1);
}

/* @finally */
void finally(void)
{
	check_page_tables();
}

/* @broken
@@ do_cow_fault @@
 	if (!fault_page) {
-		i_mmap_unlock_read(vma->vm_file->f_mapping);
+		i_mmap_unlock_write(vma->vm_file->f_mapping);
 	} else {
 */
