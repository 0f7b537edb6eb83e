import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { maintainersOf } from '../../src/reply/maintainers-of.js';
import { openLedger } from '../../src/store/ledger.js';
import { review } from '../report/sample.js';

it('the maintainers of a series are those that the first kernel names for the files it touches', () => {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-maintainers-'));
  const files = review.patches.flatMap(({ touched }) => touched.map(({ file }) => file));
  writeFileSync(
    join(folder, 'MAINTAINERS'),
    `DIRECT ACCESS\nM:\tA Keeper <Keeper@example.org>\nF:\t${files[0]}\n\nOTHER\nM:\tB <b@example.org>\nF:\tnet/\n`,
  );
  const ledger = openLedger(join(folder, 'mail.db'));
  const series = {
    id: 'r',
    messageId: 'm@x v',
    version: 2,
    subject: 's',
    sender: 'd',
    lists: [],
    words: [],
    arrivedMs: 1,
  };
  ledger.reviews.plan(series, [], []);
  ledger.reviews.finish('r', { outcome: 'reviewed', report: review }, 1);
  const trees = ['/nowhere', folder].map((path) => ({ path, lists: [], prefixes: [] }));
  const of = (name: string, some = trees) => maintainersOf(name, ledger.reviews, { trees: some } as never);
  expect(of('m@x v v2')).toEqual(['keeper@example.org']);
  expect([of('m@x v v1'), of('nonsense'), of('m@x v v2', [])]).toEqual([[], [], []]);
  ledger.close();
  rmSync(folder, { recursive: true });
});
