import { expect, test } from 'vitest';
import { readReport } from '../../src/store/read-report.js';
import { patch, review } from '../report/sample.js';

test('a report of today is read as it was kept', () => {
  expect(readReport(JSON.stringify(review))).toEqual(review);
});

test('a report of before has what is asked for today', () => {
  const { transitions: _, ...old } = patch.replays[0]!;
  const run = { file: 'fs/dax.c', function: 'f', before: 'holds', after: 'holds', paths: 2, why: null };
  const kept = { ...review, patches: [{ ...patch, replays: [{ ...old, nodes: 7 }], paths: [run] }] };
  const [read] = readReport(JSON.stringify(kept)).patches;
  expect(read!.replays).toEqual([{ ...old, transitions: 0 }]);
  expect(read!.paths).toEqual([{ ...run, assumptions: [] }]);
});
