import { describe, expect, it } from 'vitest';
import { cut } from '../../../src/code/graft/cut.js';
import { isMereTelling, isTransparent, ownTelling } from '../../../src/code/graft/telling.js';

const none = new Set<string>();
const piece = (text: string) => cut(`\t${text}`)[0]!;

const names = (...lines: string[]) => [
  ...ownTelling({ files: [{ hunks: [{ lines: lines.map((text) => ({ text })) }] }] } as never),
];

describe('a statement that only tells something', () => {
  it.each([
    'trace_dax_fault(vmf, PTR_ERR(ret));',
    'pr_info("%d = %d", a, b->c[1]);',
    'count_vm_event(PGMAJFAULT);',
  ])('may be left away: %s', (text) => {
    expect(isTransparent(piece(text))).toBe(true);
    expect(isMereTelling(piece(text), none)).toBe(true);
  });

  it.each([
    'trace_dax_fault(vmf), spin_unlock(lock);',
    'trace_dax_fault(unlock(vmf));',
    'trace_dax_fault((*unlock)(vmf));',
    'pr_info("%d", vmf->flags = 0);',
    'pr_info("%d", n++);',
    'pr_info("") + spin_unlock(lock);',
    'trace_hook = NULL;',
  ])('may not, where a patch adds or deletes it: %s', (text) => {
    expect(isMereTelling(piece(text), none)).toBe(false);
  });

  it('may not when the patch has something of that name', () => {
    expect(isMereTelling(piece('trace_drop(m);'), new Set(['trace_drop']))).toBe(false);
    for (const own of [
      ['static void trace_drop(struct page *m)'],
      ['static void', 'trace_drop(struct page *m)'],
      ['#define trace_drop unlock'],
      ['#define \\', '\ttrace_drop(m) unlock(m)'],
      ['#pragma weak trace_drop = unlock'],
      ['static void *trace_drop(void);'],
    ])
      expect(names(...own), own.join('\n')).toEqual(['trace_drop']);
    for (const call of [
      ['\ttrace_drop(m);'],
      ['\telse', '\t\ttrace_drop(m);'],
      ['\tif (m)', '\t\ttrace_drop(m);'],
    ])
      expect(names(...call), call.join('\n')).toEqual([]);
  });
});
