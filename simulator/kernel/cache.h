/*
 * The page cache, where mm/filemap.c itself is under review: pages with flags and a count of mappings, their
 * lock and references, batches of them, and what a fault and an invalidation ask of page tables. Real code
 * goes down to the tree and the page table; LRU, readahead, I/O and accounting are left out (cache-absent.h).
 */
#ifndef FAULTLINE_CACHE_H
#define FAULTLINE_CACHE_H

/* Frames that the cache of the file takes its pages from, lowest first: a page that is freed is soon used again. */
#define CACHE_PFN (FREE_PFN + FREE_PAGES_OF_THREAD * MONITOR)
#define CACHE_PAGES FREE_PAGES_OF_THREAD

struct vm_operations_struct {
	struct page *(*nopage)(struct vm_area_struct *vma, unsigned long address, int *type);
	int (*populate)(struct vm_area_struct *vma, unsigned long address, unsigned long size, pgprot_t protection, unsigned long pgoff, int nonblock);
#if __arity(filemap_fault) == 2
	int (*fault)(struct vm_area_struct *vma, struct vm_fault *vmf);
	int (*page_mkwrite)(struct vm_area_struct *vma, struct vm_fault *vmf);
	void (*map_pages)(struct vm_area_struct *vma, struct vm_fault *vmf);
#else
	vm_fault_t (*fault)(struct vm_fault *vmf);
	vm_fault_t (*page_mkwrite)(struct vm_fault *vmf);
	vm_fault_t (*map_pages)(struct vm_fault *vmf, pgoff_t first, pgoff_t last);
#endif
	unsigned long (*nopfn)(struct vm_area_struct *vma, unsigned long address);
};

/* The members of every era. */
struct zap_details {
	struct vm_area_struct *nonlinear_vma;
	struct address_space *check_mapping;
	pgoff_t first_index, last_index;
	spinlock_t *i_mmap_lock;
	unsigned long break_addr, truncate_count;
	struct folio *single_folio;
	struct page *single_page;
	bool even_cows, reclaim_pt;
	unsigned int zap_flags;
};
#define ZAP_FLAG_DROP_MARKER 1

#define NOPAGE_SIGBUS ((struct page *)NULL)
#define NOPAGE_OOM ((struct page *)-1L)
#define NOPAGE_REFAULT ((struct page *)-2L)
#define VM_FAULT_MINOR 0
#define VM_FAULT_DAX_LOCKED 0x1000
#define VM_CAN_INVALIDATE 0x08000000UL
#define VM_CAN_NONLINEAR 0x04000000UL
#define VM_PFNMAP 0x400UL
#define VM_NONLINEAR 0x00800000UL
#define VM_LOCKED 0x2000UL
#define VM_RAND_READ 0x10000UL
#define VM_SEQ_READ 0x8000UL
#define FAULT_FLAG_NONLINEAR 0x20
#define FAULT_FLAG_RETRY_NOWAIT 0x8
#define FAULT_FLAG_KILLABLE 0x10
#define FAULT_FLAG_TRIED 0x80
#define FAULT_FLAG_VMA_LOCK 0x1000
#define FAULT_FLAG_ORIG_PTE_VALID 0x2000
#define GFP_HIGHUSER GFP_HIGHUSER_MOVABLE
#define GFP_RECLAIM_MASK 0xffffffffU
#define __GFP_WRITE 0x1000U
#define __GFP_COLD 0U
#define __GFP_NORETRY 0x10000U
#define AOP_TRUNCATED_PAGE 0x80001
#define PAGE_CACHE_SHIFT PAGE_SHIFT
#define PAGE_CACHE_SIZE PAGE_SIZE
#define PAGE_CACHE_MASK PAGE_MASK
#define FGP_ACCESSED 0x1
#define FGP_LOCK 0x2
#define FGP_CREAT 0x4
#define FGP_WRITE 0x8
#define FGP_NOFS 0x10
#define FGP_NOWAIT 0x20
#define FGP_FOR_MMAP 0x40
#define FGP_HEAD 0x80
#define FGP_ENTRY 0x80
#define FGP_STABLE 0x100
#define FGP_DONTCACHE 0x200
#define FGF_GET_ORDER(flags) 0
#define test_bit(bit, flags) ((*(flags) >> (bit)) & 1)
typedef unsigned int fgf_t;

/* ---- a page's lock, flags and references ------------------------------------------------------------ */

int trylock_page(struct page *page);
int try_get_page(struct page *page);
int page_mapped(struct page *page);
int put_page_testzero(struct page *page);
void wait_on_page_locked(struct page *page);
void wait_on_page_writeback(struct page *page);
void wait_on_page_bit(struct page *page, int bit);
#define TestSetPageLocked(page) (!trylock_page(page))
#define SetPageLocked(page) ((void)trylock_page(page))
#define __SetPageLocked(page) ((void)trylock_page(page))
#define set_page_locked(page) ((void)trylock_page(page))
#define __set_page_locked(page) ((void)trylock_page(page))
#define ClearPageLocked(page) unlock_page(page)
#define __ClearPageLocked(page) unlock_page(page)
#define clear_page_locked(page) unlock_page(page)
#define __clear_page_locked(page) unlock_page(page)
#define PageLocked(page) ((page)->lock != 0)
#define lock_page_killable(page) (lock_page(page), 0)
#define lock_page_nosync(page) lock_page(page)
#define lock_page_or_retry(page, mm, flags) (lock_page(page), 1)
#define lock_page_maybe_drop_mmap(vmf, page, fpin) (lock_page(page), 1)
#define wait_on_page_locked_killable(page) (wait_on_page_locked(page), 0)
#define put_and_wait_on_page_locked(page, ...) (put_page(page), 0)

#undef SetPageUptodate
#undef __SetPageUptodate
#define PageUptodate(page) ((page)->uptodate != 0)
#define SetPageUptodate(page) ((void)((page)->uptodate = 1))
#define __SetPageUptodate(page) SetPageUptodate(page)
#define ClearPageUptodate(page) ((void)((page)->uptodate = 0))
#define PageDirty(page) ((page)->dirty != 0)
#define SetPageDirty(page) ((void)((page)->dirty = 1))
#define ClearPageDirty(page) ((void)((page)->dirty = 0))
#define PageWriteback(page) ((page)->writeback != 0)
int set_page_dirty(struct page *page);
int test_clear_page_dirty(struct page *page);
#define TestClearPageDirty(page) test_clear_page_dirty(page)
#define clear_page_dirty(page) ((void)test_clear_page_dirty(page))
#define cancel_dirty_page(page, ...) ((void)test_clear_page_dirty(page))
#define set_page_dirty_balance(page, ...) ((void)set_page_dirty(page))
#define set_page_dirty_lock(page) set_page_dirty(page)

#define page_count(page) page_ref_count(page)
#define page_cache_get(page) get_page(page)
#define page_cache_release(page) put_page(page)
#define page_cache_get_speculative(page) try_get_page(page)
#define get_page_unless_zero(page) try_get_page(page)
#define page_ref_add(page, n) add_references(page, n)
#define page_ref_inc(page) add_references(page, 1)
#define page_ref_sub(page, n) take_references_off(page, n)
#define page_ref_dec(page) take_references_off(page, 1)
void add_references(struct page *page, int n);
void drop_references(struct page *page, int n);
void take_references_off(struct page *page, int n);
int page_mapcount(struct page *page);
#define page_index(page) ((page)->index)
#define page_to_index(page) ((page)->index)
#define page_to_pgoff(page) ((page)->index)
#define page_offset(page) ((loff_t)(page)->index << PAGE_SHIFT)
#define page_rmapping(page) ((page)->mapping)
#define page_mapping(page) ((page)->mapping)
#define page_file_mapping(page) ((page)->mapping)
#define find_subpage(page, index) (page)
#define thp_head(page) (page)
#define thp_nr_pages(page) 1
#define thp_size(page) PAGE_SIZE
#define thp_order(page) 0
#define thp_contains(page, at) ((page)->index == (at))
#define hpage_nr_pages(page) 1
#define compound_nr(page) 1
#define compound_order(page) 0
#define page_anonymous(page) ((page)->anonymous != 0)
#define PageAnon(page) page_anonymous(page)

struct folio_batch {
	unsigned char nr;
	unsigned char i;
	struct folio *folios[PAGEVEC_SIZE];
};
#define folio_trylock(folio) trylock_page(&(folio)->page)
#define folio_test_locked(folio) PageLocked(&(folio)->page)
#define __folio_set_locked(folio) ((void)trylock_page(&(folio)->page))
#define __folio_clear_locked(folio) unlock_page(&(folio)->page)
#define folio_lock_killable(folio) (folio_lock(folio), 0)
#define folio_lock_or_retry(folio, ...) (folio_lock(folio), 1)
#define folio_wait_locked(folio) wait_on_page_locked(&(folio)->page)
#define folio_wait_locked_killable(folio) (wait_on_page_locked(&(folio)->page), 0)
#define folio_wait_writeback(folio) wait_on_page_writeback(&(folio)->page)
#define folio_wait_stable(folio) ((void)0)
#define folio_test_uptodate(folio) PageUptodate(&(folio)->page)
#define __folio_mark_uptodate(folio) SetPageUptodate(&(folio)->page)
#define folio_mark_uptodate(folio) SetPageUptodate(&(folio)->page)
#define folio_clear_uptodate(folio) ClearPageUptodate(&(folio)->page)
#define folio_test_dirty(folio) PageDirty(&(folio)->page)
#define folio_cancel_dirty(folio) ((void)test_clear_page_dirty(&(folio)->page))
#define folio_mark_dirty(folio) set_page_dirty(&(folio)->page)
#define folio_test_writeback(folio) PageWriteback(&(folio)->page)
#define folio_mapped(folio) page_mapped(&(folio)->page)
#define folio_mapcount(folio) page_mapcount(&(folio)->page)
#define folio_test_anon(folio) PageAnon(&(folio)->page)
#define folio_try_get(folio) try_get_page(&(folio)->page)
#define folio_try_get_rcu(folio) try_get_page(&(folio)->page)
#define folio_ref_add(folio, n) add_references(&(folio)->page, n)
#define folio_put_refs(folio, n) drop_references(&(folio)->page, n)
#define folio_ref_inc(folio) add_references(&(folio)->page, 1)
#define folio_ref_sub(folio, n) take_references_off(&(folio)->page, n)
#define folio_ref_dec(folio) take_references_off(&(folio)->page, 1)
#define folio_nr_pages(folio) 1L
#define folio_order(folio) 0U
#define folio_size(folio) PAGE_SIZE
#define folio_shift(folio) PAGE_SHIFT
#define folio_pos(folio) ((loff_t)(folio)->index << PAGE_SHIFT)
#define folio_index(folio) ((folio)->index)
#define folio_pgoff(folio) ((folio)->index)
#define folio_next_pos(folio) (folio_pos(folio) + (loff_t)PAGE_SIZE)
#define folio_next_index(folio) ((folio)->index + 1)
#define folio_contains(folio, at) ((folio)->index == (at))
#define folio_file_page(folio, at) (&(folio)->page)
#define folio_page_idx(folio, page) 0
#define folio_mapping(folio) ((folio)->mapping)
#define folio_batch_init(batch) ((void)((batch)->nr = (batch)->i = 0))
#define folio_batch_reinit(batch) folio_batch_init(batch)
#define folio_batch_count(batch) ((batch)->nr)
#define folio_batch_space(batch) (PAGEVEC_SIZE - (batch)->nr)
#define folio_batch_add(batch, folio) ((batch)->folios[(batch)->nr++] = (folio), folio_batch_space(batch))
#define folio_batch_remove_exceptionals(batch) ((void)0)
void folio_batch_release(struct folio_batch *batch);

#undef pagevec_release
#define pagevec_count(vec) ((vec)->nr)
#define pagevec_space(vec) (PAGEVEC_SIZE - (vec)->nr)
#define pagevec_reinit(vec) ((void)((vec)->nr = 0))
#define pagevec_add(vec, page) ((vec)->pages[(vec)->nr++] = (page), pagevec_space(vec))
#define pagevec_remove_exceptionals(vec) ((void)0)
void pagevec_release(struct pagevec *vec);
int remove_mapping(struct address_space *mapping, struct page *page);
unsigned int pagevec_lookup(struct pagevec *vec, struct address_space *mapping, pgoff_t start, unsigned int count);

/* ---- the supply of pages, and reading them ----------------------------------------------------------- */

struct page *cache_alloc(void);
#define page_cache_alloc(mapping) cache_alloc()
#define page_cache_alloc_cold(mapping) cache_alloc()
#define page_cache_alloc_readahead(mapping) cache_alloc()
struct page *__page_cache_alloc(gfp_t gfp);
#define alloc_page_vma(...) alloc_page(GFP_KERNEL)
#define vma_alloc_folio(...) page_folio(alloc_page(GFP_KERNEL))
#define vma_alloc_zeroed_movable_folio(...) page_folio(alloc_page(GFP_KERNEL))
#define alloc_zeroed_user_highpage(...) alloc_page(GFP_KERNEL)
#if __has_function(__filemap_get_folio_mpol)
struct folio *filemap_alloc_folio(gfp_t gfp, unsigned int order, void *policy);
#else
struct folio *filemap_alloc_folio(gfp_t gfp, unsigned int order);
#endif
typedef int filler_t(struct file *file, struct folio *folio);

/* What headers of later eras make of the lookups that are under review. */
#if __arity(pagecache_get_page) == 4
#define pagecache_lookup(mapping, index, flags) pagecache_get_page(mapping, index, flags, 0)
#else
#define pagecache_lookup(mapping, index, flags) pagecache_get_page(mapping, index, flags, 0, 0)
#endif
#if !__has_function(find_get_page)
#define find_get_page(mapping, index) pagecache_lookup(mapping, index, 0)
#endif
#if !__has_function(find_lock_page)
#define find_lock_page(mapping, index) pagecache_lookup(mapping, index, FGP_LOCK)
#endif
/* Since v6.19 a memory policy is asked for, and the old name stands in a header. */
#if __has_function(__filemap_get_folio_mpol)
#define __filemap_get_folio(mapping, index, flags, gfp) __filemap_get_folio_mpol(mapping, index, flags, gfp, NULL)
#endif
#define filemap_get_folio(mapping, index) __filemap_get_folio(mapping, index, 0, 0)
#define filemap_lock_folio(mapping, index) __filemap_get_folio(mapping, index, FGP_LOCK, 0)
#if !__has_function(add_to_page_cache)
int add_to_page_cache(struct page *page, struct address_space *mapping, pgoff_t index, gfp_t gfp);
#endif

/* ---- page tables -------------------------------------------------------------------------------------- */

#define mm_of_pmd(pmd) ((pmd) < mm[1].pmd ? &mm[0] : &mm[1])
pte_t *pte_offset_map(pmd_t *pmd, unsigned long address);
pte_t *pte_offset_map_lock(struct mm_struct *space, pmd_t *pmd, unsigned long address, spinlock_t **lock);
spinlock_t *pte_lockptr(struct mm_struct *space, pmd_t *pmd);
#define pte_offset_kernel(pmd, address) pte_offset_map(pmd, address)
#define ptep_get(pte) (*(pte))
#define ptep_get_lockless(pte) (*(pte))
#define set_pte(ptep, pte) ((void)(*(ptep) = (pte)))
#define set_ptes(space, address, ptep, pte, n) set_pte_at(space, address, ptep, pte)
#define pte_alloc(...) 0
#define pte_alloc_map(space, vma, pmd, address) pte_offset_map(pmd, address)
#define pmd_install(space, pmd, table) ((void)(*(table) = NULL))
#define pmd_populate(space, pmd, table) ((void)0)
#define pmd_trans_unstable(pmd) 0
#define pmd_devmap_trans_unstable(pmd) 0
#define pmd_trans_unstable_or_none(pmd) 0
#define maybe_mkwrite(pte, vma) (((vma)->vm_flags & VM_WRITE) ? pte_mkwrite(pte) : (pte))
#define pte_sw_mkyoung(pte) (pte)
#define pte_mkold(pte) (pte)
#define pte_mkspecial(pte) (pte)
#define pte_mkuffd_wp(pte) (pte)
#define pte_index(address) (table_slot(address) % PMD_PAGES)
#define pmd_index(address) (table_slot(address) / PMD_PAGES)
#define PTRS_PER_PTE PMD_PAGES
#define page_add_file_rmap(page, ...) map_page(page)
#define folio_add_file_rmap_pte(folio, page, vma) map_page(page)
#define folio_add_file_rmap_ptes(folio, page, n, vma) map_page(page)
#define page_add_anon_rmap(page, ...) map_private_page(page)
#define page_add_new_anon_rmap(page, ...) map_private_page(page)
#define folio_add_new_anon_rmap(folio, ...) map_private_page(&(folio)->page)
void map_page(struct page *page);
void map_private_page(struct page *page);
void zap_pages(struct vm_area_struct *vma, unsigned long first, unsigned long last, struct zap_details *details);

/* Which processes map a range of the file: a tree of many shapes over the years. */
struct prio_tree_iter {
	int unused;
};
#define vma_prio_tree_foreach(vma, iter, root, start, last) vma_interval_tree_foreach(vma, root, start, last)
#define prio_tree_root mapping_tree
#define prio_tree_empty(root) ((root)->first == NULL)
#define rb_root_cached mapping_tree
#define list_empty(list) ((list)->next == NULL || (list)->next == (list))

/* The tree lock let readers in together until v2.6.26. What they do under it is one step, so it cannot be told. */
typedef spinlock_t rwlock_t;
#define read_lock_irq(lock) spin_lock(lock)
#define read_unlock_irq(lock) spin_unlock(lock)
#define read_lock_irqsave(lock, flags) spin_lock_irqsave(lock, flags)
#define read_unlock_irqrestore(lock, flags) spin_unlock_irqrestore(lock, flags)
#define write_lock_irq(lock) spin_lock(lock)
#define write_unlock_irq(lock) spin_unlock(lock)
#define write_lock_irqsave(lock, flags) spin_lock_irqsave(lock, flags)
#define write_unlock_irqrestore(lock, flags) spin_unlock_irqrestore(lock, flags)

#include "cache-absent.h"

#endif
