/** Where a function finds the lock it takes, when that is not its first argument. */
export type LockPlace = { argument: number } | { through: number } | 'result' | 'nowhere';

export interface KnownLock {
  does: 'acquire' | 'release';
  /** As lock-name.ts would call the family. */
  family: string;
  at: LockPlace;
  got: 'always' | 'nonzero';
}

/** Answers whether the last reference was dropped, and holds the lock then. */
const takesWithLast = (family: string): KnownLock => ({
  does: 'acquire',
  family,
  at: { argument: 1 },
  got: 'nonzero',
});

const takesSpinlock = (at: LockPlace, got: KnownLock['got'] = 'nonzero'): KnownLock => ({
  does: 'acquire',
  family: 'lock spin',
  at,
  got,
});

/**
 * Functions of the kernel that take or release a spinlock whose name they do not say, or that answer with, and are
 * handed, a number which is neither a success nor a mode.
 */
export const knownLocks: ReadonlyMap<string, KnownLock> = new Map([
  ['pte_offset_map_lock', takesSpinlock({ through: 3 })],
  ['pte_alloc_map_lock', takesSpinlock({ through: 3 })],
  ['get_locked_pte', takesSpinlock({ through: 2 })],
  ['__get_locked_pte', takesSpinlock({ through: 2 })],
  ['page_check_address', takesSpinlock({ through: 3 })],
  ['pmd_lock', takesSpinlock('result', 'always')],
  ['pud_lock', takesSpinlock('result', 'always')],
  ['huge_pte_lock', takesSpinlock('result', 'always')],
  ['pmd_trans_huge_lock', takesSpinlock('result')],
  ['__pmd_trans_huge_lock', takesSpinlock('result')],
  ['pud_trans_huge_lock', takesSpinlock('result')],
  ['atomic_dec_and_lock', takesWithLast('lock spin')],
  ['_atomic_dec_and_lock', takesWithLast('lock spin')],
  ['atomic_dec_and_lock_irqsave', takesWithLast('lock spin')],
  ['atomic_dec_and_raw_lock', takesWithLast('lock spin')],
  ['atomic_dec_and_raw_lock_irqsave', takesWithLast('lock spin')],
  ['atomic_dec_and_mutex_lock', takesWithLast('lock mutex')],
  ['refcount_dec_and_lock', takesWithLast('lock spin')],
  ['refcount_dec_and_lock_irqsave', takesWithLast('lock spin')],
  ['refcount_dec_and_mutex_lock', takesWithLast('lock mutex')],
  ['srcu_read_lock', { does: 'acquire', family: 'lock srcu', at: { argument: 0 }, got: 'always' }],
  ['srcu_read_unlock', { does: 'release', family: 'lock srcu', at: { argument: 0 }, got: 'always' }],
  ['dax_read_lock', { does: 'acquire', family: 'lock dax', at: 'nowhere', got: 'always' }],
  ['dax_read_unlock', { does: 'release', family: 'lock dax', at: 'nowhere', got: 'always' }],
  ['pte_unmap_unlock', { does: 'release', family: 'lock spin', at: { argument: 1 }, got: 'always' }],
]);

/** Holding one of these forbids to sleep. */
export const atomicFamilies: ReadonlyMap<string, string> = new Map([
  ['lock spin', 'spinlock'],
  ['lock', 'rwlock'],
  ['lock rcu', 'RCU read section'],
  ['bit lock spin', 'bit spinlock'],
  ['lock xa', 'spinlock'],
  ['lock xas', 'spinlock'],
  ['switch', 'section without preemption'],
]);

/** A thread may be in these more than once. */
export const nestingFamilies: ReadonlySet<string> = new Set([
  'lock rcu',
  'lock srcu',
  'lock dax',
  'switch',
  'local switch',
  'kernel lock',
]);

/** What is off when it was turned off, however often, and on again after one call; and what is on is turned on again. */
export const turnsOff: ReadonlySet<string> = new Set(['local_irq_disable', 'raw_local_irq_disable']);
export const turnsOn: ReadonlySet<string> = new Set(['local_irq_enable', 'raw_local_irq_enable']);

/** Each drops a reference to the object that it stands in, and answers whether it was the last one. */
export const endsObject: ReadonlySet<string> = new Set(['kref_put', 'kref_sub']);

/** Each ends the RCU section in which a page table is mapped, whoever began it: `pte_offset_map()` does in some kernels. */
export const unmaps: ReadonlySet<string> = new Set(['pte_unmap', 'pte_unmap_unlock']);

/** Kernel locks of which it is known that a thread that takes one twice waits for itself. */
export const exclusiveFamilies: ReadonlySet<string> = new Set([
  'lock spin',
  'lock mutex',
  'semaphore',
  'lock page',
  'lock xa',
]);

/** Functions that sleep, or may, whatever their arguments are. */
export const sleepers: ReadonlySet<string> = new Set([
  'schedule',
  'io_schedule',
  'schedule_timeout',
  'schedule_timeout_uninterruptible',
  'schedule_timeout_interruptible',
  'yield',
  'msleep',
  'cond_resched',
  'might_sleep',
  'mutex_lock',
  'mutex_lock_killable',
  'mutex_lock_interruptible',
  'down',
  'down_read',
  'down_write',
  'down_read_killable',
  'down_write_killable',
  'lock_page',
  'lock_page_killable',
  'folio_lock',
  'folio_lock_killable',
  'wait_on_page_writeback',
  'wait_on_page_locked',
  'folio_wait_writeback',
  'folio_wait_locked',
  'synchronize_rcu',
  'flush_work',
  'wait_for_completion',
  'filemap_fdatawait',
  'filemap_write_and_wait',
  'congestion_wait',
]);
