/*
 * What mm/memory.c needs to run with its own text: faults through a mapping's operations, private copies,
 * and the walk over a file's mappings. Everything below the page table's lock is the model's.
 */
#ifndef FAULTLINE_FAULT_PATH_H
#define FAULTLINE_FAULT_PATH_H

struct vm_operations_struct {
	int (*fault)(struct vm_area_struct *vma, struct vm_fault *vmf);
	int (*pmd_fault)(struct vm_area_struct *vma, unsigned long address, pmd_t *pmd, unsigned int flags);
	int (*page_mkwrite)(struct vm_area_struct *vma, struct vm_fault *vmf);
	int (*pfn_mkwrite)(struct vm_area_struct *vma, struct vm_fault *vmf);
	void (*map_pages)(struct vm_area_struct *vma, struct vm_fault *vmf);
};

/* The fields of every era. */
struct zap_details {
	struct address_space *check_mapping;
	pgoff_t first_index;
	pgoff_t last_index;
	struct folio *single_folio;
	bool even_cows;
	bool ignore_dirty;
	bool check_swap_entries;
	bool reclaim_pt;
	unsigned long zap_flags;
};

void zap_page_range_single(struct vm_area_struct *vma, unsigned long address, unsigned long size, struct zap_details *details);
pte_t *lock_pte(struct mm_struct *mm, pmd_t *pmd, unsigned long address, spinlock_t **lock);
#define pte_offset_map_lock(mm, pmd, address, lock) lock_pte(mm, pmd, address, lock)

#define VM_FAULT_DAX_LOCKED 0x4000
#define anon_vma_prepare(vma) 0
#define alloc_page_vma(gfp, vma, address) alloc_page(gfp)
#define mem_cgroup_try_charge(...) 0
#define mem_cgroup_commit_charge(...) ((void)0)
#define mem_cgroup_cancel_charge(...) ((void)0)
#define lru_cache_add_active_or_unevictable(page, vma) ((void)0)
#define MM_FILEPAGES 0
#define MM_ANONPAGES 1
#define MM_SHMEMPAGES 3
#define inc_mm_counter_fast(mm, member) ((void)0)
#define add_mm_counter(mm, member, value) ((void)0)
#define inc_mm_counter(mm, member) ((void)0)
#define dec_mm_counter(mm, member) ((void)0)
#define page_add_new_anon_rmap(...) ((void)0)
#define page_add_file_rmap(...) ((void)0)
#define flush_icache_page(vma, page) ((void)0)
#define maybe_mkwrite(pte, vma) ((vma)->vm_flags & VM_WRITE ? pte_mkwrite(pte) : (pte))
#define set_page_dirty(page) 0
#define balance_dirty_pages_ratelimited(mapping) ((void)0)
#define PageHWPoison(page) 0
#define PageLocked(page) ((page)->lock != 0)
#define PageTransCompound(page) 0
#define PageAnon(page) 0
#define pmd_trans_unstable(pmd) pmd_huge(*(pmd))
#define pmd_populate(mm, pmd, table) (*(pmd) = MAP_TABLE)
#define pte_alloc(mm, pmd, address) ((void)(pmd_none(*(pmd)) ? (*(pmd) = MAP_TABLE) : 0), 0)
#define do_set_pmd(...) VM_FAULT_FALLBACK
#define mm_counter_file(page) 0
#define PTRS_PER_PTE PMD_PAGES
#define rounddown_pow_of_two(value) (value)

#endif
