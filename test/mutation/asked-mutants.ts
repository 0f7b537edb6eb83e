import type { Mutant } from './mutant.js';

const lockPage = ['dax_lock_folio', 'dax_lock_page', 'dax_lock_mapping_entry'];

/** The mutants that the engine was asked to find from the beginning. */
export const askedMutants: Mutant[] = [
  {
    name: 'unlock-wakes-nobody',
    about: 'no wake at unlock',
    functions: ['dax_unlock_entry'],
    edits: [{ do: 'delete', call: 'dax_wake_entry' }],
  },
  {
    name: 'invalidate-wakes-nobody',
    about: 'no wake after an invalidation',
    functions: ['__dax_invalidate_entry'],
    edits: [{ do: 'delete', call: 'put_unlocked_entry' }],
  },
  {
    name: 'invalidate-wakes-one',
    about: 'an invalidation wakes one waiter instead of all',
    functions: ['__dax_invalidate_entry'],
    edits: [{ do: 'argue', call: 'put_unlocked_entry', position: 2, by: 'WAKE_NEXT' }],
  },
  {
    name: 'downgrade-wakes-one',
    about: 'a downgrade wakes one waiter instead of all',
    functions: ['grab_mapping_entry'],
    edits: [{ do: 'rename', identifier: 'WAKE_ALL', by: 'WAKE_NEXT' }],
  },
  {
    name: 'lock-not-retaken',
    about: 'the tree lock is not retaken after the sleep',
    functions: ['get_unlocked_entry'],
    edits: [{ do: 'delete', call: 'xas_lock_irq' }],
  },
  {
    name: 'locked-test-dropped',
    about: 'the lock bit is not looked at',
    functions: ['get_unlocked_entry'],
    edits: [{ do: 'answer', call: 'dax_is_locked', by: '0' }],
  },
  {
    name: 'wait-without-reset',
    about: 'no xas_reset before the sleep',
    functions: ['get_unlocked_entry'],
    edits: [{ do: 'delete', call: 'xas_reset' }],
  },
  {
    name: 'mapping-not-rechecked',
    about: 'the mapping of the page is not compared again under the tree lock',
    functions: lockPage,
    edits: [{ do: 'decide', names: 'mapping', nth: -1, as: 0 }],
  },
  {
    name: 'page-lock-without-rcu',
    about: 'no RCU section around the look at the mapping',
    functions: lockPage,
    edits: [
      { do: 'delete', call: 'rcu_read_lock', nth: 'all' },
      { do: 'delete', call: 'rcu_read_unlock', nth: 'all' },
    ],
  },
  {
    name: 'pte-fault-without-recheck',
    about: 'the PTE fault does not look for a huge PMD',
    functions: ['dax_iomap_pte_fault'],
    edits: [{ do: 'decide', names: 'pmd_trans_huge', as: 0 }],
  },
  {
    name: 'pmd-fault-without-recheck',
    about: 'the PMD fault does not look for a table of PTEs',
    functions: ['dax_iomap_pmd_fault'],
    edits: [{ do: 'decide', names: 'pmd_none', as: 0 }],
  },
  {
    name: 'grab-locks-nothing',
    about: 'the entry is not locked, found or new',
    functions: ['grab_mapping_entry'],
    edits: [
      { do: 'redirect', call: 'dax_lock_entry', nth: -1, by: 'xas_store' },
      { do: 'redirect', call: 'dax_lock_entry', nth: -1, by: 'xas_store' },
    ],
  },
  {
    name: 'grab-drops-lock',
    about: 'the tree lock is dropped and retaken before the insertion',
    functions: ['grab_mapping_entry'],
    edits: [
      {
        do: 'insert',
        calls: ['xas_unlock_irq', 'xas_lock_irq'],
        argument: 'xas',
        side: 'before',
        call: 'dax_lock_entry',
        nth: -1,
      },
    ],
  },
  {
    name: 'wait-key-not-aligned',
    about: 'the key of a wait is not aligned for a PMD',
    functions: ['dax_entry_waitqueue'],
    edits: [{ do: 'decide', names: 'dax_is_pmd_entry', as: 0 }],
  },
  {
    name: 'lock-released-twice',
    about: 'the tree lock is released twice',
    functions: ['grab_mapping_entry'],
    edits: [{ do: 'repeat', call: 'xas_unlock_irq', nth: -1 }],
  },
  {
    name: 'zero-page-not-unmapped',
    about: 'a page of zeroes stays mapped when a block takes its place',
    functions: ['dax_insert_entry'],
    edits: [{ do: 'delete', call: 'unmap_mapping_pages', nth: 'all' }],
  },
];
