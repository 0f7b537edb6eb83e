import type { Finding } from '../../src/finding/finding.js';
import type { ReviewedMessage } from '../../src/finding/message.js';
import type { PatchReview, Review } from '../../src/finding/review.js';
import type { TraceStep } from '../../src/finding/trace.js';
import { defaultContext, type ReportContext } from '../../src/report/context.js';

const roles = ['', 'PMD write fault, index 0', 'PMD write fault, index 0', 'truncate to 0', 'memory failure'];

/** A step in few words: what a test does not care about is left at nothing. */
export function step(thread: number, line: number, source: string, more: Partial<TraceStep> = {}): TraceStep {
  return {
    step: 0,
    thread,
    role: roles[thread]!,
    file: 'fs/dax.c',
    line,
    function: 'claim_slot',
    source,
    event: null,
    locks: [],
    blockedOn: null,
    wakes: [],
    effects: [],
    broken: null,
    ...more,
  };
}

export const trace: TraceStep[] = [
  step(1, 53, 'spin_lock_irq(&mapping->tree_lock);', { locks: ['tree_lock'] }),
  step(1, 54, 'slot = look_again(mapping, index, &where_it_was);', { event: '= NULL', locks: ['tree_lock'] }),
  step(1, 71, 'spin_unlock_irq(&mapping->tree_lock);'),
  step(1, 75, 'error = preload(mapping_gfp_mask(mapping) & ~__GFP_HIGHMEM);'),
  step(2, 53, 'spin_lock_irq(&mapping->tree_lock);', { locks: ['tree_lock'] }),
  step(2, 54, 'slot = look_again(mapping, index, &where_it_was);', { event: '= NULL', locks: ['tree_lock'] }),
  step(2, 71, 'spin_unlock_irq(&mapping->tree_lock);'),
  step(2, 75, 'error = preload(mask);'),
  step(2, 76, 'if (error)'),
  step(2, 78, 'size = order_of(slot);'),
  step(2, 79, 'index = first_of(index, size);'),
  step(2, 90, 'spin_lock_irq(&mapping->tree_lock);', { locks: ['tree_lock'] }),
  step(2, 91, 'error = fill_slot(mapping, index, size, slot);', {
    event: '= 0',
    locks: ['tree_lock'],
    effects: [{ name: '[0..1]', old: 'empty', new: 'PMD, locked by 2' }],
  }),
  step(2, 287, 'map_range(vma, address, pmd);', {
    function: 'map_huge',
    effects: [{ name: 'pmd', old: 'none', new: 'huge' }],
  }),
  step(1, 90, 'spin_lock_irq(&mapping->tree_lock);', { blockedOn: 'tree_lock' }),
  step(2, 92, 'spin_unlock_irq(&mapping->tree_lock);', { wakes: [1] }),
  step(1, 91, 'error = fill_slot(mapping, index, size, slot);', { event: '= -EEXIST' }),
  step(1, 1124, 'insert_one(vma, address, pfn);', {
    function: 'map_small',
    file: 'mm/memory.c',
    broken: 'a PTE is inserted where a huge PMD is mapped',
  }),
].map((each, at) => ({ ...each, step: at + 1 }));

export const finding: Finding = {
  id: 'f3a91c',
  rule: 'unlocked-entry-path',
  race: 'dax-pmd-insert-race',
  status: 'introduced',
  evidence: 'replay',
  title: 'A PTE is inserted under a huge PMD',
  message:
    'A fault that found no entry goes on as if there were still none after it dropped the tree lock. Another fault fills the slot in between.',
  advice: 'look the entry up again after retaking the tree lock',
  location: { file: 'fs/dax.c', line: 91, function: 'claim_slot', side: 'after', hunkLine: null },
  witness: '1.dax-pmd-insert-race.after.9f3c2a1b.11a2b1',
  alsoSeenAs: [],
  assumptions: ['shared page tables', 'the range is allocated', 'a PMD spans 2 pages in the model'],
  links: ['e11f8b7b6c4e'],
  onBaseline: false,
  trace,
};

export const patch: PatchReview = {
  subject: '[PATCH v2 3/4] dax: drop the second lookup in claim_slot()',
  messageId: '20170412.3-dev@example.org',
  repairs: [],
  base: {
    method: 'blob',
    commit: '85abd741a92de1111111111111111111111111ff',
    tree: 'v4.11',
    baseline: false,
    tries: [
      {
        method: 'blob',
        tree: 'v4.11',
        commit: null,
        outcome: 'found',
        kind: null,
        patch: null,
        file: 'fs/dax.c',
        hunk: null,
      },
    ],
  },
  touched: [{ file: 'fs/dax.c', function: 'claim_slot', modelled: true, why: null }],
  findings: [finding],
  replays: [
    {
      race: 'dax-pmd-insert-race',
      rule: 'unlocked-entry-path',
      before: 'holds',
      after: 'violated',
      bound: 'complete',
      states: 919,
      transitions: 2310,
      functions: ['claim_slot', 'map_huge'],
      assumptions: ['shared page tables'],
    },
    {
      race: 'dax-lost-wakeup',
      rule: 'lost-wakeup',
      before: 'holds',
      after: 'holds',
      bound: 'complete',
      states: 120,
      transitions: 300,
      functions: ['claim_slot'],
      assumptions: [],
    },
  ],
  paths: [
    {
      file: 'fs/dax.c',
      function: 'claim_slot',
      before: 'holds',
      after: 'holds',
      paths: 12,
      assumptions: ['a page that was read through an argument may stay locked for the caller'],
      why: null,
    },
  ],
  notAnalysed: [{ what: 'write_back_range()', why: 'calls claim_slot() in no scenario' }],
};

export const review: Review = {
  version: 1,
  tool: { version: '0.1.0', modelVersion: '1', catalogueVersion: '1' },
  series: {
    subject: '[PATCH v2 0/4] dax: fewer lookups',
    version: 2,
    messageId: '20170412.0-dev@example.org',
    from: 'A Developer <dev@example.org>',
    status: 'complete',
    missing: [],
    notes: [],
    tags: [],
    lists: [],
    supersededBy: null,
    neverAnswer: null,
  },
  patches: [patch],
};

export const message: ReviewedMessage = {
  messageId: '20170412.3-dev@example.org',
  subject: '[PATCH v2 3/4] dax: drop the second lookup in claim_slot()',
  date: 'Wed, 12 Apr 2017 10:02:11 +0200',
  from: [{ name: 'A Developer', address: 'dev@example.org' }],
  replyTo: [],
  to: [{ name: '', address: 'nvdimm@lists.example.org' }],
  cc: [
    { name: '', address: 'fsdevel@lists.example.org' },
    { name: 'A Developer', address: 'DEV@example.org' },
  ],
  references: ['20170412.0-dev@example.org'],
  diff: [
    'diff --git a/fs/dax.c b/fs/dax.c',
    'index 85abd741a92d..1234567890ab 100644',
    '--- a/fs/dax.c',
    '+++ b/fs/dax.c',
    '@@ -10,3 +10,3 @@ static int other(void)',
    ' {',
    '-\treturn 1;',
    '+\treturn 0;',
    ' }',
    '@@ -88,9 +88,6 @@ static void *claim_slot(struct address_space *mapping, pgoff_t index,',
    ' \t\tpreload_end();',
    ' ',
    ' \t\tspin_lock_irq(&mapping->tree_lock);',
    '-\t\tslot = look_again(mapping, index);',
    '-\t\tif (slot)',
    '-\t\t\tgoto restart;',
    ' \t\terror = fill_slot(mapping, index, size, slot);',
    ' \t\tif (error)',
    ' \t\t\treturn ERR_PTR(error);',
    '',
  ].join('\n'),
};

/** A context with what a test sets; everything else as for a pipe. */
export function context(more: Partial<ReportContext> = {}): ReportContext {
  return { ...defaultContext, messages: new Map([[message.messageId, message]]), ...more };
}

/** A review of the given patches, like `review` otherwise. */
export function reviewOf(...patches: PatchReview[]): Review {
  return { ...review, patches };
}
