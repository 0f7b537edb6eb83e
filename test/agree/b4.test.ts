import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/root.js';
import { askB4, hasB4, homeFor } from './ask-b4.js';
import { compareSeries } from './compare.js';

/** Threads of our own, and a mail in each. The comparison over a real archive is `npm run agree:b4`. */
const threads: [file: string, id: string][] = [
  ['17-from-line-escaped-in-an-mboxrd.mbox', 'f1@example.org'],
  ['18-list-prefix-and-resend.mbox', 'l1@example.org'],
  ['19-tag-patch-lower-case.mbox', 't1@example.org'],
  ['21-one-patch-missing.mbox', 'c0@example.org'],
  ['22-partial-reroll.mbox', 'r1@example.org'],
  ['23-v2-in-the-thread-of-v1.mbox', 'o0@example.org'],
  ['23-v2-in-the-thread-of-v1.mbox', 'n0@example.org'],
  ['24-two-series-in-one-thread.mbox', 's0@example.org'],
  ['24-two-series-in-one-thread.mbox', 'z0@example.org'],
];

describe.skipIf(!hasB4())('b4', () => {
  const work = mkdtempSync(join(tmpdir(), 'faultline-b4-'));
  afterAll(() => rmSync(work, { recursive: true, force: true }));
  const home = homeFor(work, undefined);

  it.each(threads)(
    'takes the same patches of %s (%s) and leaves the same files',
    async (name, id) => {
      const file = join(packageRoot, 'fixtures', 'edge', name);
      const ask = (version: number) => askB4(home, id, version, file);
      const found = await compareSeries(readFileSync(file), id, ask, [], new Set());
      expect(found).toMatchObject({ mails: 'same', tree: 'alike' });
    },
    60_000,
  );
});
