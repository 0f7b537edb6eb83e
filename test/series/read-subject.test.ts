import { describe, expect, it } from 'vitest';
import { readSubject } from '../../src/series/read-subject.js';

describe('a subject', () => {
  const cases: [string, object][] = [
    ['[PATCH] dax: lock', { title: 'dax: lock', patch: true, version: 1, number: undefined, reply: false }],
    ['[PATCH net v3 2/7] dax: lock', { title: 'dax: lock', version: 3, number: 2, total: 7, words: ['net'] }],
    ['[RFC PATCHv2 0/3] dax', { title: 'dax', version: 2, number: 0, total: 3, words: ['RFC'] }],
    ['[PATCH v2,1/2] dax', { version: 2, number: 1, total: 2 }],
    ['[linux-fsdevel] [PATCH 01/12] dax', { number: 1, total: 12, words: ['linux-fsdevel'] }],
    [
      '[Linux-nvdimm] [RFC PATCH RESEND v3 1/2] x',
      { patch: true, version: 3, number: 1, words: ['Linux-nvdimm', 'RFC', 'RESEND'] },
    ],
    ['[patch 1/3] x', { patch: true, number: 1, total: 3 }],
    ['[PATCH1/8] x', { patch: true, number: 1, total: 8 }],
    ['[PATCH 1 of 8] x', { patch: true, number: 1, total: 8, words: [] }],
    ['[v2PATCH 1/3] x', { patch: true, version: 2, number: 1, total: 3 }],
    ['[PATCH-v4 2/7] x', { patch: true, version: 4, number: 2 }],
    ['[PATCHv2] x', { patch: true, version: 2 }],
    ['[PATCH V3 1/2] x', { patch: true, version: 3 }],
    ['[PATCH 1/2 v3] x', { version: 3, number: 1, total: 2 }],
    ['[PATCH] [v3] [1/2] x', { patch: true, version: 3, number: 1, total: 2, title: 'x' }],
    ['[RFC][PATCH v2 1/3] x', { patch: true, version: 2, number: 1, words: ['RFC'] }],
    ['[RFC v2 1/3] x', { patch: true, version: 2, words: ['RFC'] }],
    ['[1/3] x', { patch: false, number: 1, total: 3 }],
    ['[PATCH rev 2 1/3] x', { version: 2, number: 1, words: [] }],
    ['[PATCH take 3] x', { version: 3, words: [] }],
    ['[PATCH 1/n] x', { number: 1, total: undefined }],
    ['[PATCH 6/5] x', { number: 6, total: 5 }],
    ['[PATCHSET 0/5] x', { patch: true, number: 0, total: 5 }],
    ['[PATCHSET v2 xfs] x', { patch: true, version: 2, words: ['xfs'] }],
    ['[PATCH 6.18 017/430] x', { number: 17, total: 430, words: ['6.18'], version: 1 }],
    ['[PATCH v5.10 1/3] x', { version: 1, words: ['v5.10'] }],
    ['[PATCH AUTOSEL 5.15 12/34] x', { number: 12, words: ['AUTOSEL', '5.15'] }],
    ['[PATCH [RFC] 1/2] x', { patch: true, number: 1, title: 'x', words: ['RFC'] }],
    ['PATCH 1/3: dax: lock', { patch: true, number: 1, total: 3, title: 'dax: lock' }],
    ['[PATCH] F81504/508/512: x', { number: undefined, title: 'F81504/508/512: x' }],
    ['[PATCH v2] 1/3 of the locks are wrong', { number: undefined, title: '1/3 of the locks are wrong' }],
    ['Re: AW: [PATCH] dax: lock', { title: 'dax: lock', reply: true, patch: true }],
    ['[Linux-nvdimm] Re: [PATCH] x', { reply: true, patch: true, title: 'x' }],
    ['Re[2]: [PATCH] x', { reply: true, title: 'x' }],
    ['RE : x', { reply: true, title: 'x' }],
    ['\u56de\u590d\uff1a [PATCH v2] x', { reply: true, version: 2, title: 'x' }],
    ['\u7b54\u590d: [PATCH] x', { reply: true }],
    ['Fwd: [PATCH] x', { reply: true }],
    ['ODP: [PATCH] x', { reply: true }],
    ['tre: x', { reply: false, title: 'tre: x' }],
    ['dax: array[3] is too short', { title: 'dax: array[3] is too short', patch: false }],
    ['[GIT PULL] libnvdimm for 5.2', { pull: true, patch: false, title: 'libnvdimm for 5.2' }],
    ['[GIT PULL v2 1/2] dax', { pull: true, version: 2 }],
    ['[PULL 3/20] hw: x', { pull: true, number: 3 }],
    [`${'['.repeat(5000)}`, { patch: false }],
    [`[${'[a'.repeat(900)}`, { patch: false }],
  ];
  it.each(cases)('%s', (subject, expected) => {
    expect(readSubject(subject)).toMatchObject(expected);
  });
});
