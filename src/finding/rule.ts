/** What each rule says, in the words of rules/README.md: the first thing that the reader of a finding sees. */
export const ruleSentences: Readonly<Record<string, string>> = {
  'unlocked-entry-path':
    'an entry, or its absence, is acted on after the tree lock fell and nothing pinned it',
  'locking-assumption':
    'a lock is taken for granted, or taken only under a condition that the caller decides, and some caller does not hold it',
  'lost-wakeup': 'a sleeper whose reason to sleep is gone, and whom nobody will wake',
  'lost-entry': 'an entry is overwritten, removed or skipped while somebody uses it',
  'wrong-entry': 'a wrong value, size or key is stored, or is waited on',
  'stale-block-mapping':
    'a page table maps a block, or zeroes, that the file does not have at that place any more',
  'stale-mapping-after-invalidate': 'a mapping survives, or comes back after, the invalidation of its page',
  'page-table-collision': 'PTEs and a huge PMD for one range of one process',
  'missed-write-protect': 'a page stays writable although the file counts it as clean',
  'lock-leak': 'a path ends with a lock still held',
  'wrong-unlock': 'a lock is released by who does not hold it, or in another mode',
  'recursive-lock': 'a thread takes a lock that it already holds',
  'lock-order': 'two locks, or a lock and a wait, in a cycle',
  'sleep-in-atomic': 'a sleep under a spinlock or in an RCU reader section',
  'use-after-free': 'memory is touched after it was freed',
  'null-dereference': 'memory is touched through a pointer that is NULL',
  'unset-variable': 'what a variable holds is used, and nobody has set it',
  livelock: 'threads run for ever and none of them comes to an end',
  assertion: 'a BUG of the code under review, that no other rule names',
  warning: 'a WARN of the code under review or of the kernel around it, that no other rule names',
};
