// SPDX-License-Identifier: Apache-2.0
/*
 * fs/dax.c - faults of DAX files that take the lock of all mappings for writing
 *
 * Faultline's telling of the protocol of the candidates of v4.3, which did not
 * last: a fault that has no page of a hole to lock takes i_mmap_rwsem for
 * writing before it asks get_block, and keeps it until something is mapped. It
 * is here for diffs of that time. It has the faults that it had then: the lock
 * is taken twice (imap-fault-recursion), released without having been taken
 * (imap-hole-page-unlock), and left behind (imap-pmd-error-leak).
 *
 * Based on: get-block
 * Without: dax_copy
 * Without: dax_pmd_load_hole
 * Without: dax_pmd_insert_mapping
 */

/* The caller holds i_mmap_rwsem, or has the page of a hole locked. */
static int dax_insert_mapping(struct inode *inode, struct buffer_head *bh,
		struct vm_area_struct *vma, struct vm_fault *vmf)
{
	unsigned long address = (unsigned long)vmf->virtual_address;
	void __pmem *addr;
	unsigned long pfn;
	long length;

	/* A truncate that came first must not find something mapped after it. */
	if (vmf->pgoff >= dax_file_pages(inode))
		return -EIO;

	length = bdev_direct_access(bh->b_bdev,
				    dax_sector(bh, inode->i_blkbits), &addr,
				    &pfn, bh->b_size);
	if (length < 0)
		return length;
	if (length < (long)PAGE_SIZE)
		return -EIO;
	if (buffer_needs_zeroes(bh)) {
		clear_pmem(addr, PAGE_SIZE);
		wmb_pmem();
	}
	return vm_insert_mixed(vma, address, pfn);
}

int __dax_fault(struct vm_area_struct *vma, struct vm_fault *vmf,
		get_block_t get_block, dax_iodone_t complete_unwritten)
{
	struct address_space *mapping = vma->vm_file->f_mapping;
	struct inode *inode = mapping->host;
	sector_t block = (sector_t)vmf->pgoff << (PAGE_SHIFT - inode->i_blkbits);
	struct buffer_head bh = { .b_size = PAGE_SIZE };
	int error, major = 0, result = 0;
	struct page *page;

	if (vmf->pgoff >= dax_file_pages(inode))
		return VM_FAULT_SIGBUS;

	page = dax_lock_hole_page(mapping, vma, vmf, &result);
	if (result)
		return result;
	error = -EIO;
	if (!page)
		i_mmap_lock_write(mapping);
	else if (vmf->pgoff >= dax_file_pages(inode))
		goto unlock;

	error = dax_block_error(&bh, get_block(inode, block, &bh, 0));
	if (error)
		goto unlock;

	/* A private copy is mapped by the caller, who gets our lock. */
	if (vmf->cow_page) {
		error = copy_user_bh(vmf->cow_page, &bh, inode->i_blkbits,
				     (unsigned long)vmf->virtual_address);
		if (!error && !page && vmf->pgoff >= dax_file_pages(inode))
			error = -EIO;
		if (error)
			goto unlock;
		vmf->page = page;
		return VM_FAULT_LOCKED;
	}

	if (dax_is_hole(&bh)) {
		if (!(vmf->flags & FAULT_FLAG_WRITE)) {
			i_mmap_unlock_write(mapping);
			return dax_load_hole(mapping, page, vmf);
		}

		error = dax_block_error(&bh, get_block(inode, block, &bh, 1));
		major = VM_FAULT_MAJOR;
		count_vm_event(PGMAJFAULT);
		mem_cgroup_count_vm_event(vma->vm_mm, PGMAJFAULT);
		if (error)
			goto unlock;

		/* A read fault may have brought a page since we looked. */
		if (!page)
			page = find_lock_page(mapping, vmf->pgoff);
	}

	if (page) {
		unmap_mapping_range(mapping, vmf->pgoff << PAGE_SHIFT,
				    PAGE_SIZE, 0);
		delete_from_page_cache(page);
		dax_put_locked_page(page);
	}

	error = dax_insert_mapping(inode, &bh, vma, vmf);

	/* Told in either case: what was not mapped stays unwritten. */
	if (buffer_unwritten(&bh)) {
		if (complete_unwritten)
			complete_unwritten(&bh, !error);
		else
			WARN_ON_ONCE(vmf->flags & FAULT_FLAG_WRITE);
	}
	if (!page)
		i_mmap_unlock_write(mapping);
	return dax_fault_result(error, major);

unlock:
	if (page)
		dax_put_locked_page(page);
	else
		i_mmap_unlock_write(mapping);
	return dax_fault_result(error, major);
}
EXPORT_SYMBOL(__dax_fault);

int __dax_pmd_fault(struct vm_area_struct *vma, unsigned long address,
		pmd_t *pmd, unsigned int flags, get_block_t get_block,
		dax_iodone_t complete_unwritten)
{
	struct address_space *mapping = vma->vm_file->f_mapping;
	struct inode *inode = mapping->host;
	unsigned blkbits = inode->i_blkbits;
	unsigned long pmd_addr = address & PMD_MASK;
	pgoff_t pgoff = linear_page_index(vma, pmd_addr);
	sector_t block = (sector_t)pgoff << (PAGE_SHIFT - blkbits);
	struct buffer_head bh = { .b_size = PMD_SIZE };
	bool write = flags & FAULT_FLAG_WRITE;
	void __pmem *kaddr;
	unsigned long pfn;
	sector_t sector;
	pgoff_t pages;
	long length;
	int result;

	result = dax_pmd_refusal(vma, pmd_addr, pgoff, write);
	if (result)
		return result;

	i_mmap_lock_write(mapping);
	if (get_block(inode, block, &bh, write))
		return VM_FAULT_SIGBUS;

	/* Asking for every block of a hole by itself would take too long. */
	if (bh.b_size < PMD_SIZE || !buffer_size_valid(&bh))
		goto fallback;

	sector = dax_sector(&bh, blkbits);

	/* What the blocks held before is nobody's business. */
	if (buffer_needs_zeroes(&bh)) {
		unsigned long at;

		length = bdev_direct_access(bh.b_bdev, sector, &kaddr, &pfn,
					    bh.b_size);
		if (length < 0) {
			result = VM_FAULT_SIGBUS;
			goto out;
		}
		if (!dax_is_whole_pmd(length, pfn))
			goto fallback;
		for (at = 0; at < PMD_SIZE; at += PAGE_SIZE)
			clear_pmem(kaddr + at, PAGE_SIZE);
		wmb_pmem();
		result |= VM_FAULT_MAJOR;
		count_vm_event(PGMAJFAULT);
		mem_cgroup_count_vm_event(vma->vm_mm, PGMAJFAULT);
	}

	/* Nobody may go on to see zeroes where blocks are new. */
	if (buffer_new(&bh)) {
		i_mmap_unlock_write(mapping);
		unmap_mapping_range(mapping, pgoff << PAGE_SHIFT, PMD_SIZE, 0);
		i_mmap_lock_write(mapping);
	}

	/* A truncate may have passed since get_block. */
	pages = dax_file_pages(inode);
	if (pages <= pgoff) {
		result = VM_FAULT_SIGBUS;
		goto out;
	}
	if (pages <= (pgoff | PG_PMD_COLOUR))
		goto fallback;

	if (!write && !buffer_mapped(&bh) && buffer_uptodate(&bh)) {
		struct page *zero = get_huge_zero_page();
		spinlock_t *ptl;
		pmd_t huge;

		if (!zero)
			goto fallback;
		huge = mk_pmd(zero, vma->vm_page_prot);
		ptl = pmd_lock(vma->vm_mm, pmd);
		if (!pmd_none(*pmd)) {
			spin_unlock(ptl);
			goto fallback;
		}
		result = VM_FAULT_NOPAGE;
		set_pmd_at(vma->vm_mm, pmd_addr, pmd, pmd_mkhuge(huge));
		spin_unlock(ptl);
	} else {
		length = bdev_direct_access(bh.b_bdev, sector, &kaddr,
					    &pfn, bh.b_size);
		if (length < 0) {
			result = VM_FAULT_SIGBUS;
			goto out;
		}
		if (!dax_is_whole_pmd(length, pfn))
			goto fallback;
		result |= vmf_insert_pfn_pmd(vma, address, pmd,
					     pfn, write);
	}
out:
	if (buffer_unwritten(&bh))
		complete_unwritten(&bh, !(result & VM_FAULT_ERROR));
	i_mmap_unlock_write(mapping);
	return result;

fallback:
	result = VM_FAULT_FALLBACK;
	count_vm_event(THP_FAULT_FALLBACK);
	goto out;
}
EXPORT_SYMBOL_GPL(__dax_pmd_fault);
