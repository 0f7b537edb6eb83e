/* Pages, folios, page tables, faults. */
#ifndef FAULTLINE_MM_H
#define FAULTLINE_MM_H

struct address_space;
struct vm_operations_struct;
struct vm_area_struct;
struct file;

#include "large-folio.h"

struct page {
	unsigned long flags;
	struct address_space *mapping;
	union {
		pgoff_t index;
		unsigned long share;
	};
	unsigned long private;
	int _refcount;
#if MAPPINGS_COUNTED
	LARGE_FOLIO_FIELDS
#endif
	int lock;
	/* Of the page cache: page tables that map it, and flags. */
	int mapcount;
	int uptodate;
	int dirty;
	int writeback;
	int anonymous;
};

struct folio {
	union {
		struct {
			unsigned long flags;
			struct address_space *mapping;
			union {
				pgoff_t index;
				unsigned long share;
			};
			unsigned long private;
			int _refcount;
#if MAPPINGS_COUNTED
			LARGE_FOLIO_FIELDS
#endif
		};
		struct page page;
	};
};

extern struct page page_frames[WORLD_FRAMES];
#define pfn_to_page(pfn) (&page_frames[pfn])
#define page_to_pfn(page) ((unsigned long)((page) - page_frames))
#define pfn_valid(pfn) ((unsigned long)(pfn) < WORLD_FRAMES)
#define page_folio(page) ((struct folio *)compound_head(page))
#define pfn_folio(pfn) page_folio(pfn_to_page(pfn))
#define folio_page(folio, n) (&(folio)->page + (n))
#define folio_pfn(folio) page_to_pfn(&(folio)->page)
#define PageCompound(page) 0
#define PageTail(page) 0
#define PAGE_MAPPING_DAX_COW 0x1
#define PAGE_MAPPING_DAX_SHARED ((struct address_space *)0x1)
#define DEVICE_MEMORY 0x30000000UL
void end_stores(unsigned long pfn, unsigned long pages);
#define page_address(page) ((void *)(DEVICE_MEMORY + (page_to_pfn(page) << PAGE_SHIFT)))
#define PHYS_PFN(address) ((unsigned long)((address) >> PAGE_SHIFT))
#define PFN_PHYS(pfn) ((phys_addr_t)(pfn) << PAGE_SHIFT)
#define __SetPageUptodate(page) ((void)0)
#define SetPageUptodate(page) ((void)0)
#define is_zero_pfn(pfn) ((pfn) == ZERO_PFN)
#define my_zero_pfn(address) ZERO_PFN
#define ZERO_PAGE(address) pfn_to_page(ZERO_PFN)
#define mm_get_huge_zero_page(mm) pfn_to_page(HUGE_ZERO_PFN)
#define mm_get_huge_zero_folio(mm) pfn_folio(HUGE_ZERO_PFN)

/* A page frame of the device, as a number; every block of the world is device memory. */
typedef unsigned long pfn_t;
#define PFN_DEV 0UL
#define PFN_MAP 0UL
#define pfn_to_pfn_t(pfn) ((pfn_t)(pfn))
#define page_to_pfn_t(page) page_to_pfn(page)
#define phys_to_pfn_t(address, flags) PHYS_PFN(address)
#define pfn_t_to_pfn(pfn) ((unsigned long)(pfn))
#define pfn_t_to_page(pfn) pfn_to_page(pfn)
#define pfn_t_to_phys(pfn) PFN_PHYS(pfn)
#define pfn_t_devmap(pfn) 1
#define pfn_t_has_page(pfn) 1
#define pfn_t_valid(pfn) 1

typedef unsigned long pte_t;
typedef unsigned long pmd_t;
typedef unsigned long pud_t;
typedef struct page *pgtable_t;
#define MAP_PRESENT 1UL
#define MAP_WRITE 2UL
#define MAP_DIRTY 4UL
#define MAP_HUGE 8UL
/* A table of PTEs hangs below. */
#define MAP_TABLE 16UL
/* Invalidated for a moment: neither present nor none. */
#define MAP_INVALID 32UL

#define pte_val(pte) (pte)
#define pmd_val(pmd) (pmd)
#define __pte(value) (value)
#define __pmd(value) (value)
#define pte_none(pte) ((pte) == 0)
#define pte_present(pte) (((pte) & MAP_PRESENT) != 0)
#define pte_write(pte) (((pte) & MAP_WRITE) != 0)
#define pte_dirty(pte) (((pte) & MAP_DIRTY) != 0)
#define pte_pfn(pte) ((unsigned long)(pte) >> PAGE_SHIFT)
#define pte_wrprotect(pte) ((pte) & ~MAP_WRITE)
#define pte_mkclean(pte) ((pte) & ~MAP_DIRTY)
#define pte_mkdirty(pte) ((pte) | MAP_DIRTY)
#define pte_mkyoung(pte) (pte)
#define pte_mkwrite(pte, ...) ((pte) | MAP_WRITE)
#define pte_same(a, b) ((a) == (b))
#define pfn_pte(pfn, protection) (((pte_t)(pfn) << PAGE_SHIFT) | MAP_PRESENT)
#define mk_pte(page, protection) pfn_pte(page_to_pfn(page), protection)
#define pmd_none(pmd) ((pmd) == 0)
#define pmd_present(pmd) (((pmd) & (MAP_PRESENT | MAP_TABLE | MAP_INVALID)) != 0)
#define pmd_is_table(pmd) (((pmd) & MAP_TABLE) != 0)
#define pmd_huge(pmd) (((pmd) & MAP_HUGE) != 0)
#define pmd_trans_huge(pmd) pmd_huge(pmd)
#define pmd_leaf(pmd) pmd_huge(pmd)
#define pmd_devmap(pmd) pmd_huge(pmd)
#define pmd_write(pmd) (((pmd) & MAP_WRITE) != 0)
#define pmd_dirty(pmd) (((pmd) & MAP_DIRTY) != 0)
#define pmd_pfn(pmd) ((unsigned long)(pmd) >> PAGE_SHIFT)
#define pmd_wrprotect(pmd) ((pmd) & ~MAP_WRITE)
#define pmd_mkclean(pmd) ((pmd) & ~MAP_DIRTY)
#define pmd_mkdirty(pmd) ((pmd) | MAP_DIRTY)
#define pmd_mkyoung(pmd) (pmd)
#define pmd_mkwrite(pmd, ...) ((pmd) | MAP_WRITE)
#define pmd_mkhuge(pmd) ((pmd) | MAP_HUGE)
#define pmd_mkdevmap(pmd) (pmd)
#define pmd_same(a, b) ((a) == (b))
#define pfn_pmd(pfn, protection) (((pmd_t)(pfn) << PAGE_SHIFT) | MAP_PRESENT)
#define mk_pmd(page, protection) pfn_pmd(page_to_pfn(page), protection)
#define folio_mk_pmd(folio, protection) pmd_mkhuge(pfn_pmd(folio_pfn(folio), protection))
#define is_huge_zero_pmd(pmd) (pmd_huge(pmd) && pmd_pfn(pmd) == HUGE_ZERO_PFN)

/* One lock for all levels of one page table. */
struct mm_struct {
	spinlock_t page_table_lock;
	pmd_t pmd[WORLD_PMDS];
	pte_t pte[WORLD_PAGES];
	struct rw_semaphore mmap_sem;
};

#define VM_READ 0x1UL
#define VM_WRITE 0x2UL
#define VM_SHARED 0x8UL
#define VM_SYNC 0x800000UL
#define VM_MIXEDMAP 0x10000000UL
#define VM_HUGEPAGE 0x20000000UL

struct vm_area_struct {
	unsigned long vm_start;
	unsigned long vm_end;
	struct mm_struct *vm_mm;
	pgprot_t vm_page_prot;
	unsigned long vm_flags;
	unsigned long vm_pgoff;
	struct file *vm_file;
	const struct vm_operations_struct *vm_ops;
	unsigned long vm_truncate_count;
	struct vm_area_struct *next_of_file;
};

#define table_slot(address) (((address) - WORLD_BASE) >> PAGE_SHIFT)
#define pte_of(mm, address) (&(mm)->pte[table_slot(address)])
#define pmd_of(mm, address) (&(mm)->pmd[table_slot(address) / PMD_PAGES])
#define linear_page_index(vma, address) ((((address) - (vma)->vm_start) >> PAGE_SHIFT) + (vma)->vm_pgoff)
#define address_of(vma, index) ((vma)->vm_start + (((index) - (vma)->vm_pgoff) << PAGE_SHIFT))
/* The slot of a page table that maps an index of the file in a process, and back. */
#define slot_of_index(process, index) ((index) - vma[process].vm_pgoff)
#define index_of_slot(process, slot) ((slot) + vma[process].vm_pgoff)
#define vma_is_dax(vma) 1
#define vma_is_anonymous(vma) 0

enum page_entry_size { PE_SIZE_PTE, PE_SIZE_PMD, PE_SIZE_PUD };
#define FAULT_FLAG_WRITE 0x1
#define FAULT_FLAG_MKWRITE 0x2
#define FAULT_FLAG_ALLOW_RETRY 0x4
#define FAULT_FLAG_USER 0x40
#define VM_FAULT_OOM 0x1
#define VM_FAULT_SIGBUS 0x2
#define VM_FAULT_MAJOR 0x4
#define VM_FAULT_WRITE 0x8
#define VM_FAULT_HWPOISON 0x10
#define VM_FAULT_SIGSEGV 0x40
#define VM_FAULT_NOPAGE 0x100
#define VM_FAULT_LOCKED 0x200
#define VM_FAULT_RETRY 0x400
#define VM_FAULT_FALLBACK 0x800
#define VM_FAULT_DONE_COW 0x1000
#define VM_FAULT_NEEDDSYNC 0x2000
#define VM_FAULT_ERROR (VM_FAULT_OOM | VM_FAULT_SIGBUS | VM_FAULT_SIGSEGV | VM_FAULT_HWPOISON | VM_FAULT_FALLBACK)
#define vmf_error(error) ((vm_fault_t)((error) == -ENOMEM ? VM_FAULT_OOM : VM_FAULT_SIGBUS))

/* The fields of every era. */
struct vm_fault {
	struct vm_area_struct *vma;
	pgoff_t pgoff;
	void *virtual_address;
	unsigned long address;
	unsigned long real_address;
	gfp_t gfp_mask;
	unsigned int flags;
	pud_t *pud;
	pmd_t *pmd;
	pte_t *pte;
	spinlock_t *ptl;
	pmd_t orig_pmd;
	pte_t orig_pte;
	pgtable_t prealloc_pte;
	struct page *page;
	struct page *cow_page;
	struct mem_cgroup *memcg;
	void *entry;
};

/* What a fault of v4.8 and v4.9 carried through mm/memory.c. */
struct fault_env {
	struct vm_area_struct *vma;
	unsigned int flags;
	unsigned long address;
	spinlock_t *ptl;
	pte_t *pte;
	pmd_t *pmd;
	pgtable_t prealloc_pte;
};

#define GFP_KERNEL 0xcc0U
#define GFP_NOFS 0xc40U
#define GFP_NOWAIT 0x800U
#define GFP_HIGHUSER_MOVABLE 0x100ccaU
#define __GFP_HIGHMEM 0x2U
#define __GFP_IO 0x40U
#define __GFP_FS 0x80U
#define __GFP_ZERO 0x100U
#define __GFP_NOWARN 0x2000U
#define count_vm_event(event) ((void)0)
#define count_vm_events(event, n) ((void)0)
#define count_memcg_event_mm(mm, event) ((void)0)
#define mem_cgroup_count_vm_event(mm, event) ((void)0)
#define flush_cache_page(vma, address, pfn) ((void)0)
#define flush_cache_range(vma, start, end) ((void)0)
#define flush_tlb_page(vma, address) ((void)0)
#define update_mmu_cache(vma, address, pte) ((void)0)
#define arch_needs_pgtable_deposit() 0
#define pte_alloc_one(...) pfn_to_page(0)
#define pte_free(mm, table) ((void)0)
#define pgtable_trans_huge_deposit(mm, pmd, table) ((void)0)
#define mm_inc_nr_ptes(mm) ((void)0)
struct mmu_notifier_range {
	unsigned long start, end;
};
#define mmu_notifier_invalidate_page(mm, address) ((void)0)
#define mmu_notifier_invalidate_range(mm, start, end) ((void)0)
#define mmu_notifier_invalidate_range_start(...) ((void)0)
#define mmu_notifier_invalidate_range_end(...) ((void)0)
#define kmap_atomic(page) page_address(page)
#define kunmap_atomic(address) ((void)(address))
#define kmap_local_page(page) page_address(page)
#define kunmap_local(address) ((void)(address))
#define copy_user_page(to, from, address, page) ((void)0)
#define copy_user_highpage(to, from, address, vma) ((void)0)
#define clear_user_highpage(page, address) ((void)0)
#define copy_mc_to_kernel(to, from, size) 0UL

spinlock_t *pmd_lock(struct mm_struct *mm, pmd_t *pmd);
void set_pmd_at(struct mm_struct *mm, unsigned long address, pmd_t *pmdp, pmd_t pmd);
void set_pte_at(struct mm_struct *mm, unsigned long address, pte_t *ptep, pte_t pte);
pmd_t pmdp_huge_clear_flush(struct vm_area_struct *vma, unsigned long address, pmd_t *pmdp);
pmd_t pmdp_invalidate(struct vm_area_struct *vma, unsigned long address, pmd_t *pmdp);
pte_t ptep_clear_flush(struct vm_area_struct *vma, unsigned long address, pte_t *ptep);
void split_huge_pmd(struct vm_area_struct *vma, pmd_t *pmd, unsigned long address);
#define pte_unmap_unlock(pte, lock) spin_unlock(lock)
#define pte_unmap(pte) ((void)0)
int vm_insert_mixed(struct vm_area_struct *vma, unsigned long address, pfn_t pfn);
int vm_insert_mixed_mkwrite(struct vm_area_struct *vma, unsigned long address, pfn_t pfn);
vm_fault_t vmf_insert_mixed(struct vm_area_struct *vma, unsigned long address, pfn_t pfn);
vm_fault_t vmf_insert_mixed_mkwrite(struct vm_area_struct *vma, unsigned long address, pfn_t pfn);
vm_fault_t finish_fault(struct vm_fault *vmf);
vm_fault_t finish_mkwrite_fault(struct vm_fault *vmf);
void unmap_mapping_range(struct address_space *mapping, loff_t start, loff_t length, int even_cows);
void unmap_mapping_pages(struct address_space *mapping, pgoff_t start, pgoff_t count, bool even_cows);
int pfn_mkclean_range(unsigned long pfn, unsigned long count, pgoff_t index, struct vm_area_struct *vma);
void zap_range(struct vm_area_struct *vma, unsigned long first, unsigned long last, bool even_cows);

struct page *alloc_page(gfp_t gfp);
#define alloc_pages(gfp, order) alloc_page(gfp)
void get_page(struct page *page);
void put_page(struct page *page);
void lock_page(struct page *page);
void unlock_page(struct page *page);
int page_ref_count(struct page *page);
#define folio_ref_count(folio) page_ref_count(&(folio)->page)
#define folio_get(folio) get_page(&(folio)->page)
#define folio_put(folio) put_page(&(folio)->page)
#define folio_lock(folio) lock_page(&(folio)->page)
void folio_unlock(struct folio *folio);

#endif
