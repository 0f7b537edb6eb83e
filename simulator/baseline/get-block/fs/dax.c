// SPDX-License-Identifier: Apache-2.0
/*
 * fs/dax.c - faults of DAX files that ask the filesystem with get_block
 *
 * Faultline's telling of the protocol of v4.3 and v4.4. Nothing is entered
 * anywhere for a block that is mapped; a hole that was read has a page of
 * zeroes in the page cache, and the lock of that page is all that keeps two
 * faults of one place apart. i_mmap_rwsem is held for reading while something
 * is mapped, against a truncate that unmaps, and never while
 * unmap_mapping_range() is called, which takes it for writing.
 *
 * As there, a read fault that saw a hole may map zeroes over the block that a
 * write fault has brought meanwhile: see dax-hole-versus-write, found here.
 *
 * Names, and the order of what is done, are the kernel's: by them patches find
 * their place here.
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
	gfp_t gfp = GFP_KERNEL | __GFP_ZERO;

	page = page ?: find_or_create_page(mapping, vmf->pgoff, gfp);
	if (!page)
		return VM_FAULT_OOM;

	/* With the page locked a truncate has not passed yet, or is seen. */
	if (vmf->pgoff < dax_file_pages(mapping->host)) {
		vmf->page = page;
		return VM_FAULT_LOCKED;
	}
	dax_put_locked_page(page);
	return VM_FAULT_SIGBUS;
}

/* Fills a private copy with what the file has there, be it nothing. */
static int copy_user_bh(struct page *to, struct buffer_head *bh,
		unsigned blkbits, unsigned long vaddr)
{
	void __pmem *from;
	unsigned long pfn;
	void *kaddr;
	long length;

	if (!buffer_written(bh)) {
		clear_user_highpage(to, vaddr);
		return 0;
	}

	length = bdev_direct_access(bh->b_bdev, dax_sector(bh, blkbits), &from,
				    &pfn, bh->b_size);
	if (length < 0)
		return -EIO;
	kaddr = kmap_atomic(to);
	copy_user_page(kaddr, (void __force *)from, vaddr, to);
	kunmap_atomic(kaddr);
	return 0;
}

/*
 * A private copy. With a page of a hole its lock goes on to keep truncation
 * away; without one the caller gets i_mmap_rwsem, held for reading.
 */
static int dax_copy(struct inode *inode, struct buffer_head *bh,
		struct page *page, struct vm_fault *vmf)
{
	unsigned long address = (unsigned long)vmf->virtual_address;
	struct address_space *mapping = inode->i_mapping;
	int error;

	error = copy_user_bh(vmf->cow_page, bh, inode->i_blkbits, address);
	if (error) {
		dax_put_locked_page(page);
		return dax_fault_result(error, 0);
	}

	vmf->page = page;
	if (page)
		return VM_FAULT_LOCKED;
	i_mmap_lock_read(mapping);
	if (vmf->pgoff < dax_file_pages(inode))
		return VM_FAULT_LOCKED;
	i_mmap_unlock_read(mapping);
	return VM_FAULT_SIGBUS;
}

static int dax_insert_mapping(struct inode *inode, struct buffer_head *bh,
		struct vm_area_struct *vma, struct vm_fault *vmf)
{
	unsigned long address = (unsigned long)vmf->virtual_address;
	struct address_space *mapping = inode->i_mapping;
	int error = -EIO;
	void __pmem *addr;
	unsigned long pfn;
	long length;

	i_mmap_lock_read(mapping);

	/* A truncate that came first must not find something mapped after it. */
	if (vmf->pgoff >= dax_file_pages(inode))
		goto unlock;

	length = bdev_direct_access(bh->b_bdev,
				    dax_sector(bh, inode->i_blkbits), &addr,
				    &pfn, bh->b_size);
	if (length < 0)
		error = length;
	if (length < (long)PAGE_SIZE)
		goto unlock;
	if (buffer_needs_zeroes(bh)) {
		clear_pmem(addr, PAGE_SIZE);
		wmb_pmem();
	}
	error = vm_insert_mixed(vma, address, pfn);
unlock:
	i_mmap_unlock_read(mapping);
	return error;
}

/* What the filesystem told about a place: less than a page is no answer. */
static int dax_block_error(struct buffer_head *bh, int error)
{
	return !error && bh->b_size < PAGE_SIZE ? -EIO : error;
}

/* Neither a block nor the promise of one. */
static bool dax_is_hole(struct buffer_head *bh)
{
	return !buffer_mapped(bh) && !buffer_unwritten(bh);
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
	if (page && vmf->pgoff >= dax_file_pages(inode))
		goto unlock_page;

	error = dax_block_error(&bh, get_block(inode, block, &bh, 0));
	if (error)
		goto unlock_page;

	if (vmf->cow_page)
		return dax_copy(inode, &bh, page, vmf);

	if (dax_is_hole(&bh)) {
		if (!(vmf->flags & FAULT_FLAG_WRITE))
			return dax_load_hole(mapping, page, vmf);

		error = dax_block_error(&bh, get_block(inode, block, &bh, 1));
		major = VM_FAULT_MAJOR;
		count_vm_event(PGMAJFAULT);
		mem_cgroup_count_vm_event(vma->vm_mm, PGMAJFAULT);
		if (error)
			goto unlock_page;

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
	return dax_fault_result(error, major);

unlock_page:
	dax_put_locked_page(page);
	return dax_fault_result(error, major);
}
EXPORT_SYMBOL(__dax_fault);

int dax_fault(struct vm_area_struct *vma, struct vm_fault *vmf,
		get_block_t get_block, dax_iodone_t complete_unwritten)
{
	struct file *file = vma->vm_file;
	struct super_block *sb = file_inode(file)->i_sb;
	int result;

	if (!(vmf->flags & FAULT_FLAG_WRITE))
		return __dax_fault(vma, vmf, get_block, complete_unwritten);

	/* While something is being written the filesystem cannot be frozen. */
	sb_start_pagefault(sb);
	file_update_time(file);
	result = __dax_fault(vma, vmf, get_block, complete_unwritten);
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

/* A huge zero page, unless something is mapped there by now. */
static int dax_pmd_load_hole(struct vm_area_struct *vma, pmd_t *pmd,
		unsigned long pmd_addr)
{
	struct page *zero = get_huge_zero_page();
	int result = VM_FAULT_FALLBACK;
	spinlock_t *ptl;

	if (!zero)
		return result;

	ptl = pmd_lock(vma->vm_mm, pmd);
	if (pmd_none(*pmd)) {
		pmd_t huge = mk_pmd(zero, vma->vm_page_prot);

		set_pmd_at(vma->vm_mm, pmd_addr, pmd, pmd_mkhuge(huge));
		result = VM_FAULT_NOPAGE;
	}
	spin_unlock(ptl);
	return result;
}

/* Whether the memory behind a block is enough for a huge page, and aligned. */
static bool dax_is_whole_pmd(long length, unsigned long pfn)
{
	return length >= (long)PMD_SIZE && !(pfn & PG_PMD_COLOUR);
}

static int dax_pmd_insert_mapping(struct inode *inode, struct buffer_head *bh,
		struct vm_area_struct *vma, unsigned long address, pmd_t *pmd,
		bool write)
{
	sector_t sector = dax_sector(bh, inode->i_blkbits);
	unsigned long pfn, at;
	void __pmem *kaddr;
	int result = 0;
	long length;

	length = bdev_direct_access(bh->b_bdev, sector, &kaddr, &pfn,
				    bh->b_size);
	if (length < 0)
		return VM_FAULT_SIGBUS;
	if (!dax_is_whole_pmd(length, pfn))
		return VM_FAULT_FALLBACK;

	if (buffer_needs_zeroes(bh)) {
		for (at = 0; at < PMD_SIZE; at += PAGE_SIZE)
			clear_pmem(kaddr + at, PAGE_SIZE);
		wmb_pmem();
		count_vm_event(PGMAJFAULT);
		result = VM_FAULT_MAJOR;
	}
	return result | vmf_insert_pfn_pmd(vma, address, pmd, pfn, write);
}

int __dax_pmd_fault(struct vm_area_struct *vma, unsigned long address,
		pmd_t *pmd, unsigned int flags, get_block_t get_block,
		dax_iodone_t complete_unwritten)
{
	struct address_space *mapping = vma->vm_file->f_mapping;
	struct inode *inode = mapping->host;
	unsigned long pmd_addr = address & PMD_MASK;
	pgoff_t pgoff = linear_page_index(vma, pmd_addr);
	sector_t block = (sector_t)pgoff << (PAGE_SHIFT - inode->i_blkbits);
	struct buffer_head bh = { .b_size = PMD_SIZE };
	bool write = flags & FAULT_FLAG_WRITE;
	int result;

	result = dax_pmd_refusal(vma, pmd_addr, pgoff, write);
	if (result)
		return result;

	if (get_block(inode, block, &bh, write))
		return VM_FAULT_SIGBUS;
	i_mmap_lock_read(mapping);

	/* Asking for every block of a hole by itself would take too long. */
	result = VM_FAULT_FALLBACK;
	if (bh.b_size < PMD_SIZE || !buffer_size_valid(&bh))
		goto out;

	/* Nobody may go on to see zeroes where blocks are new. */
	if (buffer_new(&bh)) {
		i_mmap_unlock_read(mapping);
		unmap_mapping_range(mapping, pgoff << PAGE_SHIFT, PMD_SIZE, 0);
		i_mmap_lock_read(mapping);
	}

	/* A truncate may have passed since get_block. */
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
	if (result & VM_FAULT_FALLBACK)
		count_vm_event(THP_FAULT_FALLBACK);
	return result;
}
EXPORT_SYMBOL_GPL(__dax_pmd_fault);

int dax_pmd_fault(struct vm_area_struct *vma, unsigned long address,
		pmd_t *pmd, unsigned int flags, get_block_t get_block,
		dax_iodone_t complete_unwritten)
{
	struct file *file = vma->vm_file;
	struct super_block *sb = file_inode(file)->i_sb;
	int result;

	if (!(flags & FAULT_FLAG_WRITE))
		return __dax_pmd_fault(vma, address, pmd, flags, get_block,
				       complete_unwritten);

	/* While something is being written the filesystem cannot be frozen. */
	sb_start_pagefault(sb);
	file_update_time(file);
	result = __dax_pmd_fault(vma, address, pmd, flags, get_block,
				 complete_unwritten);
	sb_end_pagefault(sb);
	return result;
}
EXPORT_SYMBOL_GPL(dax_pmd_fault);
#endif

/* The first write to what is mapped read-only: there is nothing to note. */
int dax_pfn_mkwrite(struct vm_area_struct *vma, struct vm_fault *vmf)
{
	struct file *file = vma->vm_file;
	struct super_block *sb = file_inode(file)->i_sb;

	sb_start_pagefault(sb);
	file_update_time(file);
	sb_end_pagefault(sb);
	return VM_FAULT_NOPAGE;
}
EXPORT_SYMBOL_GPL(dax_pfn_mkwrite);
