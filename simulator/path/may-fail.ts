/**
 * What always goes well in the model's world, and in a kernel may not: there its macros say so, and path rules do not
 * read them. What a page, a mapping or a process is not in that world (large, poisoned, of shmem) stays as it is there:
 * with all of that open, the faults of mm/memory.c have more paths than are looked at.
 */
export const mayFail: ReadonlySet<string> = new Set([
  'anon_vma_prepare',
  'blk_queue_enter',
  'check_stable_address_space',
  'copy_mc_user_highpage',
  'dax_zero_page_range',
  'fatal_signal_pending',
  'filemap_release_folio',
  'folio_needs_release',
  'inode_newsize_ok',
  'mem_cgroup_cache_charge',
  'mem_cgroup_charge',
  'mem_cgroup_charge_file',
  'mem_cgroup_newpage_charge',
  'mem_cgroup_try_charge',
  'mem_cgroup_try_charge_delay',
  'memcpy_from_pmem',
  'need_lockbreak',
  'need_resched',
  'pte_alloc',
  'signal_pending',
  'spin_needbreak',
  'try_to_release_page',
  'vmf_anon_prepare',
]);
