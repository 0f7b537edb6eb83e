import { expect, it } from 'vitest';
import { readBaseline } from '../../src/race/baseline.js';
import { breakCode } from '../../src/race/break-code.js';
import { compare } from '../../src/race/compare.js';
import { judge } from '../../src/race/judge.js';
import { sight } from '../../src/race/make-finding.js';
import { readCatalogue } from '../../src/race/read.js';

const race = readCatalogue().find(({ id }) => id === 'dax-writeback-skips-locked')!;
const repaired = readBaseline(race.era);
const broken = breakCode(repaired, race);
const places = {
  before: [],
  after: [],
  sourceBefore: () => undefined,
  sourceAfter: () => undefined,
  onBaseline: true,
};

it('what a check at the end shows is told of the function that has the race, not of who ran last', () => {
  const [violation] = judge(race, broken).violations;
  expect(violation).toMatchObject({ function: 'dax_writeback_one', isSuspected: true });
  expect(violation!.acts.findLast((act) => act.fn.origin === 'baseline')!.fn.name).not.toBe(
    'dax_writeback_one',
  );
});

it('and is the known race where it was there before, not where a patch brings it about elsewhere', () => {
  const told = (from: typeof broken) =>
    compare(judge(race, from), judge(race, broken)).map((one) => sight(one, places).finding);
  expect(told(broken)).toMatchObject([
    { status: 'present', title: 'fsync passes a dirty entry that is locked' },
  ]);
  expect(told(broken)[0]!.links).not.toEqual([]);
  expect(told(repaired)).toMatchObject([{ status: 'introduced', links: [] }]);
});
