import { findIdentifier } from './find-place.js';
import { maskText } from './mask.js';

/** What is known of a mutant that the catalogue does not find. */
export interface Expectation {
  mutant: string;
  /** `equivalent`: nobody could tell it from the original. `missed`: somebody could, and the catalogue cannot. */
  outcome: 'equivalent' | 'missed';
  why: string;
  /** Only of a file that uses the one identifier, and not the other. */
  where?: { uses?: string; lacks?: string };
}

/** What is not here has to be found. */
const expectations: readonly Expectation[] = [
  {
    mutant: 'wake-before-store',
    outcome: 'equivalent',
    why: 'whoever is woken has to take the tree lock before it looks, and gets it after the store',
  },
  {
    mutant: 'unlock-wakes-all',
    outcome: 'equivalent',
    why: 'waiters look again in a loop: all but one sleep on',
  },
  {
    mutant: 'wait-not-exclusive',
    outcome: 'equivalent',
    why: 'more are woken than need be, and look again in a loop',
  },
  {
    mutant: 'wake-key-ignored',
    outcome: 'equivalent',
    why: 'who is woken for another entry sleeps on behind the rest; each who gets its entry wakes one more, a removal wakes all, so the last unlock reaches everybody, only later',
  },
  {
    mutant: 'page-wait-exclusive',
    outcome: 'equivalent',
    why: 'a page only leaves its file when its entry is removed, and since v5.13 that wakes all: who goes home swallows nothing. Who locks by file and index, since v6.0, goes home from a hole',
    where: { uses: 'WAKE_ALL', lacks: 'dax_lock_mapping_entry' },
  },
  {
    mutant: 'wait-not-finished',
    outcome: 'missed',
    why: 'whoever is woken has been taken off the queue; the model wakes nobody without a reason, as the kernel now and then does',
  },
  {
    mutant: 'downgrade-without-reset',
    outcome: 'equivalent',
    why: 'the PMD entry is locked, so that it stays; a node that holds one is never taken out or replaced, only one of smallest entries moves into the head',
  },
  {
    mutant: 'pmd-hole-without-recheck',
    outcome: 'equivalent',
    why: 'the PMD was looked at with the entry locked, and nobody maps anything in its range without that lock; the huge page of zeroes would replace itself',
  },
  {
    mutant: 'sync-insert-wakes-nobody',
    outcome: 'missed',
    why: 'there a PMD fault waits with the key of a PTE entry and is lost anyway (dax-pmd-waits-for-pte), which looks the same',
    where: { lacks: 'dax_is_conflict' },
  },
  {
    mutant: 'invalidate-takes-towrite',
    outcome: 'missed',
    why: 'an entry that has to be written is dirty as well until it is clean, but for blocks that files share, which the model does not have',
  },
  {
    mutant: 'layout-does-not-wait',
    outcome: 'equivalent',
    why: 'faults are kept away meanwhile, and nobody else changes what pages a locked entry names',
  },
  {
    mutant: 'writeback-towrite-too-late',
    outcome: 'equivalent',
    why: 'the entry is locked until the mark goes: an fsync that finds it gone finds all flushed that was written before',
  },
  {
    mutant: 'writeback-of-gone-entry',
    outcome: 'missed',
    why: 'it is seen when a hole is punched and read while fsync waits; as implemented get_unlocked_entry() goes on behind the entry and never waits there, and a scenario of it alarms v6.1, whose read faults leave zero pages dirty',
  },
  {
    mutant: 'writeback-twice',
    outcome: 'equivalent',
    why: 'the page is protected and flushed once more, under the lock of its entry',
  },
  {
    mutant: 'invalidate-wakes-one',
    outcome: 'missed',
    why: 'read faults leave their entries dirty there, so that the invalidation of dax-invalidate-wakes-all removes nothing',
    where: { uses: 'dax_fault_is_cow' },
  },
  {
    mutant: 'pmd-fault-without-recheck',
    outcome: 'missed',
    why: 'read faults leave their entries dirty there, so that the invalidation of dax-pmd-over-pte-table removes nothing',
    where: { uses: 'dax_fault_is_cow' },
  },
];

/** What is known of a mutant of that file; undefined when it has to be found. */
export function expectationOf(mutant: string, text: string): Expectation | undefined {
  const masked = maskText(text);
  const has = (name: string) => findIdentifier(masked, { from: 0, to: masked.length }, name).length > 0;
  return expectations.find(({ mutant: name, where }) => {
    if (name !== mutant) return false;
    const uses = where?.uses === undefined || has(where.uses);
    return uses && (where?.lacks === undefined || !has(where.lacks));
  });
}

/** Every mutant that something is known of. */
export const explained: ReadonlySet<string> = new Set(expectations.map(({ mutant }) => mutant));
