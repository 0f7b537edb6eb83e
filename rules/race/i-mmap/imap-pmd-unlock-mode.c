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
	if (get_block(inode, pgoff, &bh, write)) {
		i_mmap_unlock_write(mapping);
		return VM_FAULT_SIGBUS;
	}

	result = VM_FAULT_FALLBACK;
	if (!buffer_size_valid(&bh) || bh.b_size < PMD_SIZE)
		goto out;
	if (buffer_new(&bh)) {
		i_mmap_unlock_read(mapping);
		unmap_mapping_range(mapping, pgoff << PAGE_SHIFT, PMD_SIZE, 0);
		i_mmap_lock_read(mapping);
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
