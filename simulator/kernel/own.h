/*
 * Names that the model makes up and no kernel has. They are read as the words of the dialect are (../c/own-words.ts):
 * what a patch says by one of them is not this, so that it can neither call the model's own functions nor change
 * what the model keeps. Names of the kernel's interface do not belong here.
 */
#pragma own world_iomap_ops block_type block_frame block_fragmented block_shared block_pfn map_blocks free_blocks freed_block
#pragma own reuse_blocks metadata_dirty world_get_block world_complete_unwritten blocks_may_fail block_asked_for
#pragma own world_dax_device world_block_device world_queue world_disk iomap_advance iomap_advance_and_tell
#pragma own add_references drop_references take_references_off cache_alloc map_private_page zap_pages zap_range lock_pte
#pragma own entries_are_as_known judge_store entry_lock entry_pfn entry_has entry_without_lock is_dax_entry
#pragma own ENTRY_LOCK ENTRY_TYPES ENTRY_PMD ENTRY_ZERO ENTRY_EMPTY ENTRY_IS_LOCK
#pragma own truncate_page look_up_page invalidate_hole_pages write_back removed_in_part use_file leave_file
#pragma own file_users inode_evicted count_mapping count_unmapping world_frames world_pagemap page_frames
#pragma own rcu_somebody_reads look_again_at_vma scarce_memory world_threads world_thread THIS_THREAD ANY_THREAD
#pragma own tree_reaches tree_grow tree_new_leaf tree_canonical tree_order tree_index tree_slots_taken tree_put
#pragma own tree_remove tree_prune tree_get_mark tree_set_mark tree_clear_mark tree_find tree_peek tree_place
#pragma own tree_lock_of is_node is_sibling from_node sibling_of sibling_offset slots_of offset_in
#pragma own can_fault_hugely wait_for_block_request enter_by_block enter_pmd_by_block fault_by_block
#pragma own check_cached_mappings check_no_locked_page check_fault check_nothing_cached_beyond check_written
#pragma own drop_cache_range drop_unused_cache punch_cached_file truncate_cached_file cached_fault cached_writes
#pragma own truncate_cached_page write_cached_page_back check_private_copy
#pragma own world_fault_around look_cached_page_up look_page_up write_cached_page
#pragma own world_cached_file world_cached_second_mm world_cached_private world_cached_page check_process_by_blocks
#pragma own check_page_tables check_no_locked_entry check_nothing_beyond check_accounting check_no_waiter
#pragma own check_locked_page check_locked_index check_synchronous
#pragma own counts_flushes waits_for_flush end_stores world_counts_flushes check_flushed store_to
#pragma own entry_present entry_frame entry_is_pmd entry_is_locked pte_present_at pmd_present_at
#pragma own pte_fault sync_fault fault_at invalidate_pages unmap_file map_file_again memory_failure_at
#pragma own lock_mapping_entry world_memory_faults mkwrite_fault pmd_mkwrite_fault fell_back processes
#pragma own pin_page unpin_page unmap_process write_file read_file truncate_file break_layouts break_layout_at writeback_file
#pragma own writeback_range
#pragma own world_file world_hole world_unwritten world_fragment world_share_block world_reuse_blocks world_second_mm
#pragma own world_sync_mapping world_private_mapping world_misaligned_mapping world_failing_blocks
#pragma own world_scarce_memory world_inode world_super_block world_of_files world_operations
#pragma own the_inode the_mapping block_page punch_hole other_mapping other_page world_other_file check_other_file
