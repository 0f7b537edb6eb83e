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

	i_mmap_lock_read(mapping);
	if (get_block(inode, pgoff, &bh, write)) {
		i_mmap_unlock_read(mapping);
		return VM_FAULT_SIGBUS;
	}

	result = VM_FAULT_FALLBACK;
	if (!buffer_size_valid(&bh) || bh.b_size < PMD_SIZE)
		goto out;
	if (buffer_new(&bh)) {
		unmap_mapping_range(mapping, pgoff << PAGE_SHIFT, PMD_SIZE, 0);
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
	i_mmap_unlock_read(mapping);
	if (buffer_unwritten(&bh))
		complete_unwritten(&bh, !(result & VM_FAULT_ERROR));
	return result;
}
#endif
