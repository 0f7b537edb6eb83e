/*
 * What a page-cache fault or invalidation also does and this model leaves out: LRU lists, readahead, memory
 * control groups, statistics, huge pages, private data of filesystems, tracing. None of it decides which page
 * is where.
 */
#ifndef FAULTLINE_CACHE_ABSENT_H
#define FAULTLINE_CACHE_ABSENT_H

/* LRU and usage. */
#define lru_cache_add(page) ((void)0)
#define lru_cache_add_file(page) ((void)0)
#define lru_cache_add_active(page) ((void)0)
#define lru_cache_add_active_or_unevictable(page, vma) ((void)0)
#define lru_cache_add_inactive_or_unevictable(page, vma) ((void)0)
#define lru_add_drain() ((void)0)
#define mark_page_accessed(page) ((void)0)
#define deactivate_page(page) ((void)0)
#define deactivate_file_page(page) ((void)0)
#define deactivate_file_folio(folio) ((void)0)
#define folio_add_lru(folio) ((void)0)
#define folio_add_lru_vma(folio, vma) ((void)0)
#define folio_mark_accessed(folio) ((void)0)
#define __folio_set_referenced(folio) ((void)0)
#define folio_test_idle(folio) 0
#define folio_clear_idle(folio) ((void)0)
#define folio_test_active(folio) 0
#define workingset_refault(...) 0
#define workingset_update_node NULL
#define mapping_set_update(xas, mapping) ((void)0)
#define mapping_shrinkable(mapping) 0
#define inode_add_lru(inode) ((void)0)
#define grab_swap_token(...) ((void)0)

/* Readahead. */
#define VM_RandomReadHint(vma) 0
#define VM_SequentialReadHint(vma) 0
#define max_sane_readahead(pages) 0
#define handle_ra_miss(...) ((void)0)
#define page_cache_readahead(...) ((void)0)
#define do_page_cache_readahead(...) ((void)0)
#define page_cache_sync_readahead(...) ((void)0)
#define page_cache_async_readahead(...) ((void)0)
#define folio_test_readahead(folio) 0
#define PageReadahead(page) 0
#define folio_test_workingset(folio) 0
#define psi_memstall_enter(flags) ((void)0)
#define psi_memstall_leave(flags) ((void)0)
#define maybe_unlock_mmap_for_io(vmf, file) (file)
#define rounddown_pow_of_two(n) (n)

/* Counting. */
#define inc_mm_counter(mm, counter) ((void)0)
#define inc_mm_counter_fast(mm, counter) ((void)0)
#define add_mm_counter(...) ((void)0)
#define mm_counter_file(page) 0
#define mm_counter(page) 0
#define MM_FILEPAGES 0
#define MM_ANONPAGES 1
#define inc_page_state(counter) ((void)0)
#define pagecache_acct(n) ((void)0)
#define __inc_zone_page_state(...) ((void)0)
#define __dec_zone_page_state(...) ((void)0)
#define dec_zone_page_state(...) ((void)0)
#define __inc_node_page_state(...) ((void)0)
#define __mod_node_page_state(...) ((void)0)
#define __mod_lruvec_page_state(...) ((void)0)
#define __mod_lruvec_state(...) ((void)0)
#define __inc_lruvec_page_state(...) ((void)0)
#define __dec_lruvec_page_state(...) ((void)0)
#define __lruvec_stat_mod_folio(...) ((void)0)
#define __lruvec_stat_add_folio(...) ((void)0)
#define __lruvec_stat_sub_folio(...) ((void)0)
/* Since v6.19 without the underscores. */
#define lruvec_stat_mod_folio(...) ((void)0)
#define lruvec_stat_add_folio(...) ((void)0)
#define lruvec_stat_sub_folio(...) ((void)0)
#define dec_bdi_stat(...) ((void)0)
#define page_pgdat(page) 0
#define task_io_account_cancelled_write(n) ((void)0)
#define mapping_cap_account_dirty(mapping) 0
#define account_page_cleaned(...) ((void)0)
#define folio_account_cleaned(...) ((void)0)
#define mapping_can_writeback(mapping) 1
#define inode_to_wb(inode) NULL
#define inode_attach_wb(...) ((void)0)
#define balance_dirty_pages_ratelimited(mapping) ((void)0)
#define file_update_time(file) ((void)0)

/* Memory control groups. */
#define mem_cgroup_charge(...) 0
#define folio_throttle_swaprate(...) ((void)0)
#define cgroup_throttle_swaprate(...) ((void)0)
#define mem_cgroup_cache_charge(...) 0
#define mem_cgroup_charge_file(...) 0
#define mem_cgroup_try_charge(...) 0
#define mem_cgroup_try_charge_delay(...) 0
#define mem_cgroup_newpage_charge(...) 0
#define mem_cgroup_commit_charge(...) ((void)0)
#define mem_cgroup_cancel_charge(...) ((void)0)
#define mem_cgroup_uncharge(...) ((void)0)
#define mem_cgroup_uncharge_page(...) ((void)0)
#define mem_cgroup_uncharge_cache_page(...) ((void)0)
#define mem_cgroup_begin_page_stat(...) NULL
#define mem_cgroup_end_page_stat(...) ((void)0)
#define set_active_memcg(group) NULL
#define root_mem_cgroup NULL
#define mod_node_page_state(...) ((void)0)
#define folio_pgdat(folio) NULL
#define lock_page_memcg(page) ((void)0)
#define unlock_page_memcg(page) ((void)0)

/* Kinds of pages and mappings that there are none of. */
#define AS_KERNEL_FILE 10
#define PageReserved(page) 0
#define PageActive(page) 0
#define page_is_idle(page) 0
#define folio_test_dropbehind(folio) 0
#define folio_clear_dropbehind(folio) ((void)0)
#define PagePrivate(page) 0
#define page_has_private(page) 0
#define PageSwapCache(page) 0
#define PageSwapBacked(page) 0
#define PageHuge(page) 0
#define PageTransHuge(page) 0
#define PageTransCompound(page) 0
#define PageTransTail(page) 0
#define inode_newsize_ok(inode, size) 0
#define PageHWPoison(page) 0
#define PageMappedToDisk(page) 0
#define ClearPageMappedToDisk(page) ((void)0)
#define SetPageMappedToDisk(page) ((void)0)
#define ClearPageError(page) ((void)0)
#define ClearPageActive(page) ((void)0)
#define ClearPageReclaim(page) ((void)0)
#define SetPageActive(page) ((void)0)
#define clear_page_mlock(page) ((void)0)
#define folio_has_private(folio) 0
#define folio_test_private(folio) 0
#define folio_needs_release(folio) 0
#define folio_test_hugetlb(folio) 0
#define folio_test_swapbacked(folio) 0
#define folio_test_large(folio) 0
#define folio_test_pmd_mappable(folio) 0
#define folio_test_hwpoison(folio) 0
#define folio_clear_mappedtodisk(folio) ((void)0)
#define folio_clear_error(folio) ((void)0)
#define filemap_nr_thps_dec(mapping) ((void)0)
#define filemap_nr_thps(mapping) 0
#define mapping_large_folio_support(mapping) 0
#define mapping_min_folio_order(mapping) 0U
#define mapping_max_folio_order(mapping) 0U
#define mapping_min_folio_nrpages(mapping) 1UL
#define mapping_align_index(mapping, index) (index)
#define mapping_exiting(mapping) 0
#define hugepage_vma_check(...) 0
#define cleancache_put_page(page) ((void)0)
#define cleancache_flush_page(...) ((void)0)
#define cleancache_flush_inode(...) ((void)0)
#define cleancache_invalidate_page(...) ((void)0)
#define cleancache_invalidate_inode(...) ((void)0)
#define vma_is_anon_shmem(vma) 0
#define vma_is_shmem(vma) 0
#define userfaultfd_armed(vma) 0
#define userfaultfd_missing(vma) 0
#define userfaultfd_minor(vma) 0
#define userfaultfd_wp(vma) 0
#define is_vm_hugetlb_page(vma) 0
#define uffd_disable_fault_around(vma) 0
#define pte_marker_uffd_wp(pte) 0
#define check_stable_address_space(space) 0
#define arch_has_hw_pte_young() 0
#define anon_vma_prepare(vma) 0
#define vmf_anon_prepare(vmf) 0
#define mapping_cap_swap_backed(mapping) 0
#define page_is_file_cache(page) 1
#define SetPageSwapBacked(page) ((void)0)
#define lru_cache_add_anon(page) ((void)0)
#define mem_cgroup_uncharge_start() ((void)0)
#define mem_cgroup_uncharge_end() ((void)0)
#define IS_SWAPFILE(inode) 0
#define RLIM_INFINITY (~0UL)

/* Caches of the machine. */
#define flush_icache_page(vma, page) ((void)0)
#define flush_icache_pages(vma, page, n) ((void)0)
#define lazy_mmu_prot_update(pte) ((void)0)
#define update_mmu_cache_range(...) ((void)0)
#define update_mmu_tlb(...) ((void)0)
#define flush_dcache_page(page) ((void)0)
#define flush_dcache_folio(folio) ((void)0)
#undef update_mmu_cache
#define update_mmu_cache(...) ((void)0)
#undef copy_user_highpage
#define copy_user_highpage(...) ((void)0)
#define copy_mc_user_highpage(...) 0
#define memclear_highpage_flush(...) ((void)0)
#define zero_user_page(...) ((void)0)
#define zero_user_segment(...) ((void)0)
#define folio_zero_range(...) ((void)0)
#define folio_zero_segment(...) ((void)0)
#define mapping_inaccessible(mapping) 0
#define need_resched() 0
#define need_lockbreak(lock) 0
#define spin_needbreak(lock) 0
#define in_range(value, start, size) ((u64)(value) - (u64)(start) < (u64)(size))
#define unlock_sync(page) ((void)0)

/* Of some eras these are in the files under review, and then those count. */
#define shrink_readahead_size_eio(...) ((void)0)
#define add_mm_counter_fast(...) ((void)0)
#define filemap_release_folio(folio, gfp) 1
#define try_to_release_page(page, gfp) 1
#define folio_invalidate(...) ((void)0)
#define transhuge_vma_suitable(...) 0
#define arch_wants_old_prefaulted_pte() 0

/* Trace points. */
#define trace_mm_filemap_add_to_page_cache(page) ((void)0)
#define trace_mm_filemap_delete_from_page_cache(page) ((void)0)
#define trace_mm_filemap_fault(...) ((void)0)
#define trace_mm_filemap_get_pages(...) ((void)0)

#endif
