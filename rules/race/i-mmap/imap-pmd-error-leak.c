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

#ifdef BROKEN
int __dax_pmd_fault(struct vm_area_struct *vma, unsigned long address,
		pmd_t *pmd, unsigned int flags, get_block_t get_block,
		dax_iodone_t complete_unwritten)
{
	struct address_space *mapping = vma->vm_file->f_mapping;
	struct inode *inode = mapping->host;
	struct buffer_head bh = { .b_size = PMD_SIZE };
	unsigned long pmd_addr = address & PMD_MASK;
	bool write = flags & FAULT_FLAG_WRITE;
	pgoff_t pgoff = linear_page_index(vma, pmd_addr);
	int result;

	result = dax_pmd_refusal(vma, pmd_addr, pgoff, write);
	if (result)
		return result;

	i_mmap_lock_write(mapping);
	if (get_block(inode, pgoff, &bh, write))
		return VM_FAULT_SIGBUS;

	result = VM_FAULT_FALLBACK;
	if (!buffer_size_valid(&bh) || bh.b_size < PMD_SIZE)
		goto out;
	if (buffer_new(&bh)) {
		i_mmap_unlock_write(mapping);
		unmap_mapping_range(mapping, pgoff << PAGE_SHIFT, PMD_SIZE, 0);
		i_mmap_lock_write(mapping);
	}

	result = dax_pmd_refusal(vma, pmd_addr, pgoff, write);
	if (result)
		goto out;
	if (!write && !buffer_mapped(&bh) && buffer_uptodate(&bh))
		result = dax_pmd_load_hole(vma, pmd, pmd_addr);
	else
		result = dax_pmd_insert_mapping(inode, &bh, vma, address, pmd,
						write);
out:
	i_mmap_unlock_write(mapping);
	if (buffer_unwritten(&bh))
		complete_unwritten(&bh, !(result & VM_FAULT_ERROR));
	return result;
}
#endif
