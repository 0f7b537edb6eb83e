// SPDX-License-Identifier: Apache-2.0
/*
 * mm/memory.c - the walk over a file's mappings, and faults through a mapping's
 * operations, at the time of get_block
 *
 * Faultline's telling of the protocol of v4.4: the mappings of a file are
 * walked with i_mmap_rwsem held for writing, and a handler that answers
 * VM_FAULT_LOCKED without a page has left that lock held for reading.
 */
#include <linux/fs.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/rmap.h>
#include <linux/swap.h>

/* The part of a mapping that is in the range, given as addresses. */
static void unmap_mapping_range_vma(struct vm_area_struct *vma,
		unsigned long start_addr, unsigned long end_addr,
		struct zap_details *details)
{
	unsigned long size = end_addr - start_addr;

	zap_page_range_single(vma, start_addr, size, details);
}

static inline void
unmap_mapping_range_tree(struct rb_root *root, struct zap_details *details)
{
	pgoff_t first = details->first_index;
	pgoff_t last = details->last_index;
	struct vm_area_struct *vma;

	vma_interval_tree_foreach(vma, root, first, last) {
		pgoff_t from = max(first, vma->vm_pgoff) - vma->vm_pgoff;
		pgoff_t to = min(last - vma->vm_pgoff, vma_pages(vma) - 1) + 1;

		unmap_mapping_range_vma(vma,
					vma->vm_start + (from << PAGE_SHIFT),
					vma->vm_start + (to << PAGE_SHIFT),
					details);
	}
}

/*
 * Takes a range of a file out of every page table. A length of zero is all up
 * to the end; private copies stay unless even_cows.
 */
void unmap_mapping_range(struct address_space *mapping,
		loff_t const holebegin, loff_t const holelen, int even_cows)
{
	pgoff_t pages = (holelen + PAGE_SIZE - 1) >> PAGE_SHIFT;
	struct zap_details details = {
		.check_mapping	= even_cows ? NULL : mapping,
		.first_index	= holebegin >> PAGE_SHIFT,
		.last_index	= ULONG_MAX,
	};

	if (pages && details.first_index + pages > details.first_index)
		details.last_index = details.first_index + pages - 1;

	i_mmap_lock_write(mapping);
	if (unlikely(!RB_EMPTY_ROOT(&mapping->i_mmap)))
		unmap_mapping_range_tree(&mapping->i_mmap, &details);
	i_mmap_unlock_write(mapping);
}
EXPORT_SYMBOL(unmap_mapping_range);

/* Whether the handler gave up, or has mapped something itself. */
static bool fault_is_over(int ret)
{
	return ret & (VM_FAULT_ERROR | VM_FAULT_NOPAGE | VM_FAULT_RETRY);
}

/* Asks the file's handler. No page with VM_FAULT_LOCKED: a copy was made. */
static int __do_fault(struct vm_area_struct *vma, unsigned long address,
		pgoff_t pgoff, unsigned int flags, struct page *cow_page,
		struct page **page)
{
	struct vm_fault vmf = {
		.virtual_address = (void __user *)(address & PAGE_MASK),
		.pgoff = pgoff,
		.flags = flags,
		.cow_page = cow_page,
	};
	bool locked;
	int ret;

	ret = vma->vm_ops->fault(vma, &vmf);
	if (fault_is_over(ret))
		return ret;
	*page = vmf.page;
	if (!vmf.page)
		return ret;

	locked = ret & VM_FAULT_LOCKED;
	if (unlikely(PageHWPoison(vmf.page))) {
		if (locked)
			unlock_page(vmf.page);
		page_cache_release(vmf.page);
		return VM_FAULT_HWPOISON;
	}
	if (!locked)
		lock_page(vmf.page);
	return ret;
}

void do_set_pte(struct vm_area_struct *vma, unsigned long address,
		struct page *page, pte_t *pte, bool write, bool anon)
{
	pte_t entry = mk_pte(page, vma->vm_page_prot);

	flush_icache_page(vma, page);
	if (write)
		entry = maybe_mkwrite(pte_mkdirty(entry), vma);
	inc_mm_counter_fast(vma->vm_mm, anon ? MM_ANONPAGES : MM_FILEPAGES);
	if (anon)
		page_add_new_anon_rmap(page, vma, address);
	else
		page_add_file_rmap(page);
	set_pte_at(vma->vm_mm, address, pte, entry);
	update_mmu_cache(vma, address, pte);
}

static int do_read_fault(struct mm_struct *mm, struct vm_area_struct *vma,
		unsigned long address, pmd_t *pmd, pgoff_t pgoff,
		unsigned int flags, pte_t orig_pte)
{
	struct page *fault_page;
	spinlock_t *ptl;
	bool mapped;
	pte_t *pte;
	int ret;

	ret = __do_fault(vma, address, pgoff, flags, NULL, &fault_page);
	if (fault_is_over(ret))
		return ret;

	pte = pte_offset_map_lock(mm, pmd, address, &ptl);
	mapped = pte_same(*pte, orig_pte);
	if (mapped)
		do_set_pte(vma, address, fault_page, pte, false, false);
	pte_unmap_unlock(pte, ptl);

	unlock_page(fault_page);
	if (!mapped)
		page_cache_release(fault_page);
	return ret;
}

/* Where a private copy goes, charged to the process. */
static struct page *alloc_cow_page(struct mm_struct *mm,
		struct vm_area_struct *vma, unsigned long address,
		struct mem_cgroup **memcg)
{
	struct page *page;

	if (unlikely(anon_vma_prepare(vma)))
		return NULL;
	page = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, address);
	if (page && mem_cgroup_try_charge(page, mm, GFP_KERNEL, memcg)) {
		page_cache_release(page);
		page = NULL;
	}
	return page;
}

static int do_cow_fault(struct mm_struct *mm, struct vm_area_struct *vma,
		unsigned long address, pmd_t *pmd, pgoff_t pgoff,
		unsigned int flags, pte_t orig_pte)
{
	struct page *fault_page, *new_page;
	struct mem_cgroup *memcg;
	spinlock_t *ptl;
	bool mapped;
	pte_t *pte;
	int ret;

	new_page = alloc_cow_page(mm, vma, address, &memcg);
	if (!new_page)
		return VM_FAULT_OOM;

	ret = __do_fault(vma, address, pgoff, flags, new_page, &fault_page);
	if (fault_is_over(ret))
		goto uncharge_out;
	if (fault_page)
		copy_user_highpage(new_page, fault_page, address, vma);
	__SetPageUptodate(new_page);

	pte = pte_offset_map_lock(mm, pmd, address, &ptl);
	mapped = pte_same(*pte, orig_pte);
	if (mapped) {
		do_set_pte(vma, address, new_page, pte, true, true);
		mem_cgroup_commit_charge(new_page, memcg, false);
		lru_cache_add_active_or_unevictable(new_page, vma);
	}
	pte_unmap_unlock(pte, ptl);

	if (!fault_page) {
		/* What the handler holds in place of a page's lock. */
		i_mmap_unlock_read(vma->vm_file->f_mapping);
	} else {
		unlock_page(fault_page);
		page_cache_release(fault_page);
	}
	if (mapped)
		return ret;

uncharge_out:
	mem_cgroup_cancel_charge(new_page, memcg);
	page_cache_release(new_page);
	return ret;
}

/* Handlers that want to hear of the first write are asked once more. */
static int do_shared_fault(struct mm_struct *mm,
		struct vm_area_struct *vma, unsigned long address, pmd_t *pmd,
		pgoff_t pgoff, unsigned int flags, pte_t orig_pte)
{
	struct page *fault_page;
	spinlock_t *ptl;
	bool mapped;
	pte_t *pte;
	int ret;

	ret = __do_fault(vma, address, pgoff, flags, NULL, &fault_page);
	if (fault_is_over(ret))
		return ret;

	pte = pte_offset_map_lock(mm, pmd, address, &ptl);
	mapped = pte_same(*pte, orig_pte);
	if (mapped)
		do_set_pte(vma, address, fault_page, pte, true, false);
	pte_unmap_unlock(pte, ptl);

	if (mapped)
		set_page_dirty(fault_page);
	unlock_page(fault_page);
	if (!mapped)
		page_cache_release(fault_page);
	return ret;
}

static int do_fault(struct mm_struct *mm, struct vm_area_struct *vma,
		unsigned long address, pte_t *page_table, pmd_t *pmd,
		unsigned int flags, pte_t orig_pte)
{
	pgoff_t pgoff = linear_page_index(vma, address & PAGE_MASK);

	pte_unmap(page_table);
	if (!vma->vm_ops->fault)
		return VM_FAULT_SIGBUS;

	if (flags & FAULT_FLAG_WRITE) {
		if (!(vma->vm_flags & VM_SHARED))
			return do_cow_fault(mm, vma, address, pmd, pgoff, flags,
					    orig_pte);
		return do_shared_fault(mm, vma, address, pmd, pgoff, flags,
				       orig_pte);
	}
	return do_read_fault(mm, vma, address, pmd, pgoff, flags, orig_pte);
}
