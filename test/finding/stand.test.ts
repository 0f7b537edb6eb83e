import { expect, it } from 'vitest';
import { standOf } from '../../src/finding/stand.js';
import { patch, reviewOf } from '../report/sample.js';

const quiet = { ...patch, findings: [], notAnalysed: [] };
const standWith = (after: 'holds' | 'absent') => {
  const replays = patch.replays.map((replay) => ({ ...replay, before: 'holds' as const, after }));
  return standOf({ outcome: 'reviewed', report: reviewOf({ ...quiet, replays }) });
};

it('nothing is called clear of which nothing is left', () => {
  expect(standWith('holds')).toMatchObject({ stand: 'clear' });
  expect(standWith('absent')).toEqual({
    stand: 'not-analysed',
    reason: 'takes away what 2 known races execute, and leaves nothing of it to judge',
  });
});
