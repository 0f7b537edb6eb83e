/**
 * Holds the reduced search against the full one, in which every shared access is a scheduling point, on both
 * sides of every race: `npm run agree:full [-- --states N] [RACE..]`. Ends with 1 when a verdict differs, or what is
 * broken; who stands where when a condition is looked at may depend on where threads may stop, and is `told
 * elsewhere` then. A side on which either search reaches its limit says nothing.
 */
import { parseArgs } from 'node:util';
import { readBaseline } from '../../src/race/baseline.js';
import { breakCode } from '../../src/race/break-code.js';
import { judge } from '../../src/race/judge.js';
import type { Outcome } from '../../src/race/outcome.js';
import { readCatalogue } from '../../src/race/read.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { states: { type: 'string', default: '400000' } },
});
const states = Number(values.states);
const told = ({ verdict, violations }: Outcome, say: (found: Outcome['violations'][number]) => string) =>
  [verdict, ...new Set(violations.map(say).sort())].join('\n');
const exactly = (outcome: Outcome) => told(outcome, ({ signature }) => signature);
const roughly = (outcome: Outcome) => told(outcome, ({ rule, message }) => `${rule}: ${message}`);
const count = { same: 0, 'told elsewhere': 0, 'over the limit': 0, DIFFERS: 0 };

function compare(reduced: Outcome, full: Outcome) {
  if (exactly(reduced) === exactly(full)) return 'same';
  return roughly(reduced) === roughly(full) ? 'told elsewhere' : 'DIFFERS';
}

for (const race of readCatalogue()) {
  if (positionals.length > 0 && !positionals.includes(race.id)) continue;
  const baseline = readBaseline(race.era);
  for (const [side, code] of [
    ['broken', breakCode(baseline, race)],
    ['repaired', baseline],
  ] as const) {
    const reduced = judge(race, code, { bounds: { states, full: false } });
    const full = judge(race, code, { bounds: { states, full: true } });
    const over = [reduced, full].some(({ states: met }) => met >= states);
    const word = over ? 'over the limit' : compare(reduced, full);
    count[word]++;
    console.log(
      `${race.id.padEnd(34)} ${side.padEnd(9)} ${word.padEnd(15)} ${reduced.states} of ${full.states} states`,
    );
    if (word === 'DIFFERS') console.log(`    reduced: ${exactly(reduced)}\n    full: ${exactly(full)}`);
  }
}
console.log(
  Object.entries(count)
    .map(([word, n]) => `${n} ${word}`)
    .join(', '),
);
process.exitCode = count.DIFFERS > 0 ? 1 : 0;
