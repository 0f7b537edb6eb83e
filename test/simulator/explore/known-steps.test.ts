import { expect, test } from 'vitest';
import { explore } from '../../../simulator/index.js';
import { readBaseline } from '../../../src/race/baseline.js';
import { breakCode } from '../../../src/race/break-code.js';
import { link } from '../../../src/race/link.js';
import { readCatalogue } from '../../../src/race/read.js';
import { smallProgram } from './small-program.js';

/** Enough states to meet everything that the races are about, few enough to run each twice. */
const bounds = { states: 2500, full: false };

test.each(readCatalogue().map((race) => [race.id, race] as const))(
  '%s ends alike when no step is taken for known',
  (_, race) => {
    const baseline = readBaseline(race.era);
    for (const code of [baseline, breakCode(baseline, race)]) {
      const linked = link(race, code);
      if ('absent' in linked) continue;
      expect(explore(linked.scenario, bounds)).toEqual(explore(linked.scenario, { ...bounds, anew: true }));
    }
  },
);

/** Whoever gives a lock back for somebody else changes that thread's words: its step is not known by its own. */
const handedOver = `
static int lock, held;
atomic void take(void)
{
	__acquiring(&lock, 4, 2);
	__await_eq(&lock, 0);
	lock = 1;
	held = 1;
	__acquired(&lock, 4, 2);
}
atomic void give_back(void)
{
	__await_eq(&held, 1);
	lock = 0;
	held = 0;
	__released(&lock, 4, 2);
}
void taker(void) { take(); __await_eq(&held, 0); }
void giver(void) { give_back(); }
`;

test('a lock that another thread gives back is not leaked by the one that took it', () => {
  const scenario = smallProgram(handedOver, ['taker', 'giver']);
  for (const anew of [false, true]) {
    const verdict = explore(scenario, { states: 1000, full: false, anew });
    expect(verdict.violations).toEqual([]);
    expect(verdict).toMatchObject({ kind: 'holds', bound: 'complete' });
  }
});

/** Who writes what is there already changes no memory, but whoever reads it has to let others come first. */
const samePut = `
static int zero;
void reader(void) { int n = 0; __yield(); n = 1 + zero; __yield(); n = n + 1; __yield(); }
void writer(void) { __yield(); __yield(); zero = 0; __yield(); }
`;

test('a word that was written, though nothing else than it was, stops the steps that are known to read it', () => {
  const scenario = smallProgram(samePut, ['reader', 'writer', 'reader']);
  const [known, anew] = [false, true].map((all) =>
    explore(scenario, { states: 9000, full: false, anew: all }),
  );
  expect(known).toEqual(anew);
});
