// SPDX-License-Identifier: Apache-2.0
/*
 * fs/dax.c - faults of DAX files that take the lock of all mappings for writing
 *
 * Faultline's own words for the protocol of the candidates of v4.3, which did not
 * last: a fault that has no page of a hole to lock takes i_mmap_rwsem for writing
 * before it asks get_block, and keeps it until something is mapped. It is here for
 * diffs of that time. It has the faults that it had then: the lock is taken twice
 * (imap-fault-recursion), released without having been taken (imap-hole-page-unlock),
 * and left behind (imap-pmd-error-leak).
 */
#include <linux/blkdev.h>
#include <linux/buffer_head.h>
#include <linux/dax.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/pmem.h>
#include <linux/sched.h>

/* The place of a page inside of its PMD. */
#define PG_PMD_COLOUR	((PMD_SIZE >> PAGE_SHIFT) - 1)

static bool buffer_written(struct buffer_head *bh)
{
	return buffer_mapped(bh) && !buffer_unwritten(bh);
}

/* Any state at all means that the filesystem has told the size too; of a hole none did. */
static bool buffer_size_valid(struct buffer_head *bh)
{
	return bh->b_state;
}

static bool buffer_needs_zeroes(struct buffer_head *bh)
{
	return buffer_new(bh) || buffer_unwritten(bh);
}

static pgoff_t dax_file_pages(struct inode *inode)
{
	return DIV_ROUND_UP(i_size_read(inode), PAGE_SIZE);
}

static sector_t dax_sector(struct buffer_head *bh, unsigned blkbits)
{
	return bh->b_blocknr << (blkbits - 9);
}

static int dax_fault_result(int error, int major)
{
	if (!error || error == -EBUSY)
		return VM_FAULT_NOPAGE | major;
	return (error == -ENOMEM ? VM_FAULT_OOM : VM_FAULT_SIGBUS) | major;
}

static void dax_put_locked_page(struct page *page)
{
	if (!page)
		return;
	unlock_page(page);
	page_cache_release(page);
}

/* The page of a hole at this place, locked, if there is one. */
static struct page *dax_lock_hole_page(struct address_space *mapping,
		struct vm_area_struct *vma, struct vm_fault *vmf, int *result)
{
	struct page *page;

	while ((page = find_get_page(mapping, vmf->pgoff))) {
		if (!lock_page_or_retry(page, vma->vm_mm, vmf->flags)) {
			page_cache_release(page);
			*result = VM_FAULT_RETRY;
			return NULL;
		}
		if (likely(page->mapping == mapping))
			break;
		dax_put_locked_page(page);
	}
	return page;
}

/* Maps zeroes where the file has nothing: the caller's page, or a new one. */
static int dax_load_hole(struct address_space *mapping, struct page *page,
		struct vm_fault *vmf)
{
	if (!page) {
		page = find_or_create_page(mapping, vmf->pgoff,
					   GFP_KERNEL | __GFP_ZERO);
		if (!page)
			return VM_FAULT_OOM;
	}

	/* With the page locked a truncate has not passed yet, or is seen. */
	if (vmf->pgoff >= dax_file_pages(mapping->host)) {
		dax_put_locked_page(page);
		return VM_FAULT_SIGBUS;
	}
	vmf->page = page;
	return VM_FAULT_LOCKED;
}

static int copy_user_bh(struct page *to, struct buffer_head *bh,
		unsigned blkbits, unsigned long vaddr)
{
	void __pmem *from;
	unsigned long pfn;
	void *into;

	if (!buffer_written(bh)) {
		clear_user_highpage(to, vaddr);
		return 0;
	}
	if (bdev_direct_access(bh->b_bdev, dax_sector(bh, blkbits), &from, &pfn,
			       bh->b_size) < 0)
		return -EIO;
	into = kmap_atomic(to);
	copy_user_page(into, (void __force *)from, vaddr, to);
	kunmap_atomic(into);
	return 0;
}

static int dax_insert_mapping(struct inode *inode, struct buffer_head *bh,
		struct vm_area_struct *vma, struct vm_fault *vmf)
{
	unsigned long vaddr = (unsigned long)vmf->virtual_address;
	void __pmem *addr;
	unsigned long pfn;
	int error = -EIO;

	/* A truncate that came first must not find something mapped after it. */
	if (vmf->pgoff >= dax_file_pages(inode))
		goto out;

	error = bdev_direct_access(bh->b_bdev, dax_sector(bh, inode->i_blkbits),
				   &addr, &pfn, bh->b_size);
	if (error < 0)
		goto out;
	if (error < PAGE_SIZE) {
		error = -EIO;
		goto out;
	}
	if (buffer_needs_zeroes(bh)) {
		clear_pmem(addr, PAGE_SIZE);
		wmb_pmem();
	}
	error = vm_insert_mixed(vma, vaddr, pfn);
out:
	return error;
}

int __dax_fault(struct vm_area_struct *vma, struct vm_fault *vmf,
		get_block_t get_block, dax_iodone_t complete_unwritten)
{
	struct address_space *mapping = vma->vm_file->f_mapping;
	struct inode *inode = mapping->host;
	struct buffer_head bh = { .b_size = PAGE_SIZE };
	sector_t block = (sector_t)vmf->pgoff << (PAGE_SHIFT - inode->i_blkbits);
	int error, major = 0, result = 0;
	struct page *page;

	if (vmf->pgoff >= dax_file_pages(inode))
		return VM_FAULT_SIGBUS;

	page = dax_lock_hole_page(mapping, vma, vmf, &result);
	if (result)
		return result;
	if (page) {
		error = -EIO;
		if (vmf->pgoff >= dax_file_pages(inode))
			goto unlock;
	} else {
		i_mmap_lock_write(mapping);
	}

	error = get_block(inode, block, &bh, 0);
	if (!error && bh.b_size < PAGE_SIZE)
		error = -EIO;
	if (error)
		goto unlock;

	if (!buffer_mapped(&bh) && !buffer_unwritten(&bh) && !vmf->cow_page) {
		if (vmf->flags & FAULT_FLAG_WRITE) {
			error = get_block(inode, block, &bh, 1);
			count_vm_event(PGMAJFAULT);
			mem_cgroup_count_vm_event(vma->vm_mm, PGMAJFAULT);
			major = VM_FAULT_MAJOR;
			if (!error && bh.b_size < PAGE_SIZE)
				error = -EIO;
			if (error)
				goto unlock;
		} else {
			i_mmap_unlock_write(mapping);
			return dax_load_hole(mapping, page, vmf);
		}
	}

	/* A private copy is mapped by the caller, who gets our lock. */
	if (vmf->cow_page) {
		error = copy_user_bh(vmf->cow_page, &bh, inode->i_blkbits,
				     (unsigned long)vmf->virtual_address);
		if (error)
			goto unlock;
		vmf->page = page;
		if (!page) {
			if (vmf->pgoff >= dax_file_pages(inode)) {
				error = -EIO;
				goto unlock;
			}
		}
		return VM_FAULT_LOCKED;
	}

	/* A read fault may have brought a page since we looked. */
	if (!page && major)
		page = find_lock_page(mapping, vmf->pgoff);
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

int dax_fault(struct vm_area_struct *vma, struct vm_fault *vmf,
		get_block_t get_block, dax_iodone_t complete_unwritten)
{
	struct super_block *sb = file_inode(vma->vm_file)->i_sb;
	bool write = vmf->flags & FAULT_FLAG_WRITE;
	int result;

	if (write) {
		sb_start_pagefault(sb);
		file_update_time(vma->vm_file);
	}
	result = __dax_fault(vma, vmf, get_block, complete_unwritten);
	if (write)
		sb_end_pagefault(sb);
	return result;
}
EXPORT_SYMBOL_GPL(dax_fault);

#ifdef CONFIG_TRANSPARENT_HUGEPAGE
/* Why this fault cannot be a huge one; 0 when it may. */
static int dax_pmd_refusal(struct vm_area_struct *vma, unsigned long pmd_addr,
		pgoff_t pgoff, bool write)
{
	pgoff_t pages = dax_file_pages(vma->vm_file->f_mapping->host);

	if (write && !(vma->vm_flags & VM_SHARED))
		return VM_FAULT_FALLBACK;
	if (pmd_addr < vma->vm_start || pmd_addr + PMD_SIZE > vma->vm_end)
		return VM_FAULT_FALLBACK;
	if (pgoff >= pages)
		return VM_FAULT_SIGBUS;
	return (pgoff | PG_PMD_COLOUR) >= pages ? VM_FAULT_FALLBACK : 0;
}

int __dax_pmd_fault(struct vm_area_struct *vma, unsigned long address,
		pmd_t *pmd, unsigned int flags, get_block_t get_block,
		dax_iodone_t complete_unwritten)
{
	struct address_space *mapping = vma->vm_file->f_mapping;
	struct inode *inode = mapping->host;
	struct buffer_head bh = { .b_size = PMD_SIZE };
	unsigned blkbits = inode->i_blkbits;
	unsigned long pmd_addr = address & PMD_MASK;
	bool write = flags & FAULT_FLAG_WRITE;
	pgoff_t size, pgoff = linear_page_index(vma, pmd_addr);
	void __pmem *kaddr;
	unsigned long pfn;
	sector_t sector;
	int result;
	long length;

	result = dax_pmd_refusal(vma, pmd_addr, pgoff, write);
	if (result)
		return result;

	i_mmap_lock_write(mapping);
	if (get_block(inode, (sector_t)pgoff << (PAGE_SHIFT - blkbits), &bh, write))
		return VM_FAULT_SIGBUS;

	/* Asking for every block of a hole by itself would take too long. */
	if (!buffer_size_valid(&bh) || bh.b_size < PMD_SIZE)
		goto fallback;

	sector = bh.b_blocknr << (blkbits - 9);

	/* What the blocks held before is nobody's business. */
	if (buffer_unwritten(&bh) || buffer_new(&bh)) {
		int i;

		length = bdev_direct_access(bh.b_bdev, sector, &kaddr, &pfn,
					    bh.b_size);
		if (length < 0) {
			result = VM_FAULT_SIGBUS;
			goto out;
		}
		if ((length < PMD_SIZE) || (pfn & PG_PMD_COLOUR))
			goto fallback;
		for (i = 0; i < PTRS_PER_PMD; i++)
			clear_pmem(kaddr + i * PAGE_SIZE, PAGE_SIZE);
		wmb_pmem();
		count_vm_event(PGMAJFAULT);
		mem_cgroup_count_vm_event(vma->vm_mm, PGMAJFAULT);
		result |= VM_FAULT_MAJOR;
	}

	/* Nobody may go on to see zeroes where blocks are new. */
	if (buffer_new(&bh)) {
		i_mmap_unlock_write(mapping);
		unmap_mapping_range(mapping, pgoff << PAGE_SHIFT, PMD_SIZE, 0);
		i_mmap_lock_write(mapping);
	}

	/* A truncate may have passed since get_block. */
	size = dax_file_pages(inode);
	if (pgoff >= size) {
		result = VM_FAULT_SIGBUS;
		goto out;
	}
	if ((pgoff | PG_PMD_COLOUR) >= size)
		goto fallback;

	if (!write && !buffer_mapped(&bh) && buffer_uptodate(&bh)) {
		struct page *zero_page = get_huge_zero_page();
		spinlock_t *ptl;

		if (!zero_page)
			goto fallback;
		ptl = pmd_lock(vma->vm_mm, pmd);
		if (!pmd_none(*pmd)) {
			spin_unlock(ptl);
			goto fallback;
		}
		set_pmd_at(vma->vm_mm, pmd_addr, pmd,
			   pmd_mkhuge(mk_pmd(zero_page, vma->vm_page_prot)));
		result = VM_FAULT_NOPAGE;
		spin_unlock(ptl);
	} else {
		length = bdev_direct_access(bh.b_bdev, sector, &kaddr, &pfn,
					    bh.b_size);
		if (length < 0) {
			result = VM_FAULT_SIGBUS;
			goto out;
		}
		if ((length < PMD_SIZE) || (pfn & PG_PMD_COLOUR))
			goto fallback;
		result |= vmf_insert_pfn_pmd(vma, address, pmd, pfn, write);
	}
out:
	if (buffer_unwritten(&bh))
		complete_unwritten(&bh, !(result & VM_FAULT_ERROR));
	i_mmap_unlock_write(mapping);
	return result;

fallback:
	count_vm_event(THP_FAULT_FALLBACK);
	result = VM_FAULT_FALLBACK;
	goto out;
}
EXPORT_SYMBOL_GPL(__dax_pmd_fault);

int dax_pmd_fault(struct vm_area_struct *vma, unsigned long address,
		pmd_t *pmd, unsigned int flags, get_block_t get_block,
		dax_iodone_t complete_unwritten)
{
	struct super_block *sb = file_inode(vma->vm_file)->i_sb;
	bool write = flags & FAULT_FLAG_WRITE;
	int result;

	if (write) {
		sb_start_pagefault(sb);
		file_update_time(vma->vm_file);
	}
	result = __dax_pmd_fault(vma, address, pmd, flags, get_block,
				 complete_unwritten);
	if (write)
		sb_end_pagefault(sb);
	return result;
}
EXPORT_SYMBOL_GPL(dax_pmd_fault);
#endif

/* The first write to what is mapped read-only: there is nothing to note. */
int dax_pfn_mkwrite(struct vm_area_struct *vma, struct vm_fault *vmf)
{
	struct super_block *sb = file_inode(vma->vm_file)->i_sb;

	sb_start_pagefault(sb);
	file_update_time(vma->vm_file);
	sb_end_pagefault(sb);
	return VM_FAULT_NOPAGE;
}
EXPORT_SYMBOL_GPL(dax_pfn_mkwrite);
