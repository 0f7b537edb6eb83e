import type { Mutant } from './mutant.js';

const lockPage = ['dax_lock_folio', 'dax_lock_page', 'dax_lock_mapping_entry'];

/** Mistakes in waiting for an entry, waking, locking and unlocking. */
export const waitMutants: Mutant[] = [
  {
    name: 'wake-before-unlock',
    about: 'waiters are woken before the entry is unlocked',
    functions: ['dax_unlock_entry'],
    edits: [{ do: 'move', call: 'dax_wake_entry', side: 'before', to: { call: 'xas_lock_irq' } }],
  },
  {
    name: 'wake-before-store',
    about: 'waiters are woken before the store, still under the tree lock',
    functions: ['dax_unlock_entry'],
    edits: [{ do: 'move', call: 'dax_wake_entry', side: 'before', to: { call: 'xas_store' } }],
  },
  {
    name: 'unlock-wakes-all',
    about: 'an unlock wakes all waiters instead of one',
    functions: ['dax_unlock_entry'],
    edits: [{ do: 'rename', identifier: 'WAKE_NEXT', by: 'WAKE_ALL' }],
  },
  {
    name: 'wake-modes-swapped',
    about: 'wake one and wake all are taken for each other',
    functions: ['dax_wake_entry'],
    edits: [{ do: 'rename', identifier: 'WAKE_ALL', by: 'WAKE_NEXT' }],
  },
  {
    name: 'wake-looks-wrong',
    about: 'only an empty queue is woken',
    functions: ['dax_wake_entry'],
    edits: [{ do: 'negate', names: 'waitqueue_active' }],
  },
  {
    name: 'wake-key-ignored',
    about: 'a wake-up takes a waiter for another entry of the queue',
    functions: ['wake_exceptional_entry_func'],
    edits: [{ do: 'decide', names: 'ewait', as: 0 }],
  },
  {
    name: 'wait-not-exclusive',
    about: 'the wait for an entry makes no claim to be the only one woken',
    functions: ['get_unlocked_entry'],
    edits: [{ do: 'redirect', call: 'prepare_to_wait_exclusive', by: 'prepare_to_wait' }],
  },
  {
    name: 'page-wait-exclusive',
    about: 'the wait before a page is locked makes a claim to be the only one woken',
    functions: ['wait_entry_unlocked'],
    edits: [{ do: 'redirect', call: 'prepare_to_wait', by: 'prepare_to_wait_exclusive' }],
  },
  {
    name: 'wait-not-finished',
    about: 'no finish_wait after the sleep',
    functions: ['get_unlocked_entry'],
    edits: [{ do: 'delete', call: 'finish_wait' }],
  },
  {
    name: 'sleep-under-lock',
    about: 'the tree lock is kept while asleep',
    functions: ['wait_entry_unlocked'],
    edits: [{ do: 'delete', call: 'xas_unlock_irq' }],
  },
  {
    name: 'page-wait-retakes-lock',
    about: 'the wait before a page is locked touches the tree lock again when it wakes',
    functions: ['wait_entry_unlocked'],
    edits: [
      {
        do: 'insert',
        calls: ['xas_lock_irq', 'xas_unlock_irq'],
        argument: 'xas',
        side: 'behind',
        call: 'finish_wait',
      },
    ],
  },
  {
    name: 'queued-after-unlock',
    about: 'the waiter enters its queue when the tree lock is dropped already',
    functions: ['get_unlocked_entry'],
    edits: [
      { do: 'move', call: 'prepare_to_wait_exclusive', side: 'behind', to: { call: 'xas_unlock_irq' } },
    ],
  },
  {
    name: 'order-conflict-dropped',
    about: 'an entry smaller than the one asked for is taken',
    functions: ['get_unlocked_entry'],
    edits: [{ do: 'decide', names: 'order', as: 0 }],
  },
  {
    name: 'unlock-keeps-lock-bit',
    about: 'the entry is stored with its lock bit at unlock',
    functions: ['dax_unlock_entry'],
    edits: [{ do: 'redirect', call: 'xas_store', by: 'dax_lock_entry' }],
  },
  {
    name: 'unlock-without-reset',
    about: 'no xas_reset before the store at unlock',
    functions: ['dax_unlock_entry'],
    edits: [{ do: 'delete', call: 'xas_reset' }],
  },
  {
    name: 'unlock-without-tree-lock',
    about: 'the entry is unlocked without the tree lock',
    functions: ['dax_unlock_entry'],
    edits: [
      { do: 'delete', call: 'xas_lock_irq' },
      { do: 'delete', call: 'xas_unlock_irq' },
    ],
  },
  {
    name: 'page-lock-not-tested',
    about: 'a page is locked whatever the lock bit says',
    functions: lockPage,
    edits: [{ do: 'answer', call: 'dax_is_locked', by: '0' }],
  },
  {
    name: 'page-lock-sleeps-in-rcu',
    about: 'the RCU section is not left before the sleep',
    functions: lockPage,
    edits: [
      { do: 'delete', call: 'rcu_read_unlock', nth: 0 },
      { do: 'delete', call: 'rcu_read_lock', nth: 1 },
    ],
  },
  {
    name: 'page-lock-of-no-file',
    about: 'the mapping of a page is not compared with NULL',
    functions: lockPage,
    edits: [{ do: 'decide', names: 'dax_mapping', as: 0 }],
  },
  {
    name: 'page-lock-locks-nothing',
    about: 'the entry of the page is not locked',
    functions: lockPage,
    edits: [{ do: 'delete', call: 'dax_lock_entry' }],
  },
  {
    name: 'page-lock-stale-place',
    about: 'the xa_state is not sent to the index of the page',
    functions: lockPage,
    edits: [{ do: 'delete', call: 'xas_set' }],
  },
  {
    name: 'index-lock-takes-zeroes',
    about: 'the lock by index takes a page of zeroes for one of the file',
    functions: ['dax_lock_mapping_entry'],
    edits: [{ do: 'answer', call: 'dax_is_zero_entry', by: '0' }],
  },
  {
    name: 'index-lock-not-tested',
    about: 'the lock by index takes what is locked',
    functions: ['dax_lock_mapping_entry'],
    edits: [{ do: 'answer', call: 'dax_is_locked', by: '0' }],
  },
];
