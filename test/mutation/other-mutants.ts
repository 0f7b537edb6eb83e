import type { Mutant } from './mutant.js';

/** Mistakes in invalidation, writeback and the search for busy pages. */
export const otherMutants: Mutant[] = [
  {
    name: 'invalidate-keeps-page',
    about: 'the page goes on to belong to a file that has no entry for it',
    functions: ['__dax_invalidate_entry'],
    edits: [{ do: 'delete', call: 'dax_disassociate_entry' }],
  },
  {
    name: 'invalidate-takes-dirty',
    about: 'an invalidation drops what has not been written back',
    functions: ['__dax_invalidate_entry'],
    edits: [{ do: 'decide', names: 'xas_get_mark', as: 0 }],
  },
  {
    name: 'invalidate-takes-towrite',
    about: 'an invalidation drops what is being written back',
    functions: ['__dax_invalidate_entry'],
    edits: [{ do: 'answer', call: 'xas_get_mark', nth: 1, by: '0' }],
  },
  {
    name: 'invalidate-miscounts',
    about: 'an entry of any size counts as one page when it goes',
    functions: ['__dax_invalidate_entry'],
    edits: [{ do: 'answer', call: 'dax_entry_order', by: '0' }],
  },
  {
    name: 'truncate-spares-dirty',
    about: 'a truncation leaves what has not been written back',
    functions: ['dax_delete_mapping_entry'],
    edits: [{ do: 'argue', call: '__dax_invalidate_entry', position: 2, by: 'false' }],
  },
  {
    name: 'layout-wakes-nobody',
    about: 'the search for busy pages uses up a wake-up',
    functions: ['dax_layout_busy_page_range', 'dax_layout_busy_page'],
    edits: [{ do: 'delete', call: 'put_unlocked_entry' }],
  },
  {
    name: 'layout-does-not-unmap',
    about: 'pages stay mapped, and can be pinned, while busy ones are searched',
    functions: ['dax_layout_busy_page_range', 'dax_layout_busy_page'],
    edits: [{ do: 'delete', call: 'unmap_mapping_pages' }],
  },
  {
    name: 'layout-does-not-wait',
    about: 'the search for busy pages looks into entries that are locked',
    functions: ['dax_layout_busy_page_range', 'dax_layout_busy_page'],
    edits: [{ do: 'answer', call: 'dax_is_locked', by: '0' }],
  },
  {
    name: 'layout-keeps-lock',
    about: 'the search for busy pages ends with the tree lock held',
    functions: ['dax_layout_busy_page_range', 'dax_layout_busy_page'],
    edits: [{ do: 'delete', call: 'xas_unlock_irq', nth: -1 }],
  },
  {
    name: 'writeback-wakes-nobody',
    about: 'a writeback that finds nothing to do uses up a wake-up',
    functions: ['dax_writeback_one'],
    edits: [{ do: 'delete', call: 'put_unlocked_entry' }],
  },
  {
    name: 'writeback-ends-silently',
    about: 'a writeback unlocks its entry and wakes nobody',
    functions: ['dax_writeback_one'],
    edits: [{ do: 'delete', call: 'dax_wake_entry' }],
  },
  {
    name: 'writeback-not-locked',
    about: 'the entry is not locked while its page is cleaned',
    functions: ['dax_writeback_one'],
    edits: [{ do: 'delete', call: 'dax_lock_entry' }],
  },
  {
    name: 'writeback-ignores-lock',
    about: 'a writeback takes an entry that is locked',
    functions: ['dax_writeback_one'],
    edits: [{ do: 'answer', call: 'dax_is_locked', by: '0' }],
  },
  {
    name: 'writeback-does-not-unlock',
    about: 'the entry stays locked after the writeback',
    functions: ['dax_writeback_one'],
    edits: [{ do: 'delete', call: 'xas_store' }],
  },
  {
    name: 'writeback-without-reset',
    about: 'no xas_reset before the entry is unlocked',
    functions: ['dax_writeback_one'],
    edits: [{ do: 'delete', call: 'xas_reset' }],
  },
  {
    name: 'writeback-without-protect',
    about: 'pages stay writable when they are cleaned',
    functions: ['dax_writeback_one'],
    edits: [{ do: 'answer', call: 'pfn_mkclean_range', by: '0' }],
  },
  {
    name: 'writeback-without-flush',
    about: 'the cache of the processor is not flushed',
    functions: ['dax_writeback_one'],
    edits: [{ do: 'delete', call: 'dax_flush' }],
  },
  {
    name: 'writeback-stays-dirty',
    about: 'the dirty mark is not cleared at the end',
    functions: ['dax_writeback_one'],
    edits: [{ do: 'delete', call: 'xas_clear_mark', nth: -1 }],
  },
  {
    name: 'writeback-clean-too-early',
    about: 'the dirty mark is cleared before the pages are write-protected',
    functions: ['dax_writeback_one'],
    edits: [{ do: 'move', call: 'xas_clear_mark', nth: -1, side: 'behind', to: { call: 'xas_clear_mark' } }],
  },
  {
    name: 'writeback-towrite-stays',
    about: 'the mark of what this writeback has to do is not cleared',
    functions: ['dax_writeback_one'],
    edits: [{ do: 'delete', call: 'xas_clear_mark', nth: 0 }],
  },
  {
    name: 'writeback-towrite-too-late',
    about: 'the mark of what this writeback has to do is cleared after the flush',
    functions: ['dax_writeback_one'],
    edits: [{ do: 'move', call: 'xas_clear_mark', side: 'before', to: { call: 'xas_clear_mark', nth: -1 } }],
  },
  {
    name: 'writeback-of-gone-entry',
    about: 'an entry that changed while asleep is written back as it was',
    functions: ['dax_writeback_one'],
    edits: [{ do: 'decide', names: 'old_entry', as: 0 }],
  },
  {
    name: 'writeback-twice',
    about: 'what another fsync has written meanwhile is written once more',
    functions: ['dax_writeback_one'],
    edits: [{ do: 'decide', names: 'xas_get_mark', as: 0 }],
  },
];
