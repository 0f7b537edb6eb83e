/**
 * Holds the reduced search against the full one, in which every shared access is a scheduling point, on both
 * sides of every race: `npm run agree:full [-- --states N] [RACE..]`. Ends with 1 when a verdict differs, or what is
 * broken by whom; where that one stands when a condition is looked at depends on where it may stop. A side on which
 * either search reaches its limit says nothing.
 */
import { parseArgs } from 'node:util';
import { readBaseline } from '../../src/race/baseline.js';
import { breakCode } from '../../src/race/break-code.js';
import { judge, type Outcome } from '../../src/race/judge.js';
import { readCatalogue } from '../../src/race/read.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { states: { type: 'string', default: '400000' } },
});
const states = Number(values.states);
const told = ({ verdict, violations }: Outcome) =>
  [verdict, ...new Set(violations.map(said).sort())].join('\n');

function said({ rule, message, thread, signature }: Outcome['violations'][number]): string {
  // Who is stuck is told by the function that he is stuck in.
  return thread < 0 ? signature : `${rule}: ${message} (thread ${thread})`;
}
const count = { same: 0, 'over the limit': 0, DIFFERS: 0 };

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
    const word = over ? 'over the limit' : told(reduced) === told(full) ? 'same' : 'DIFFERS';
    count[word]++;
    console.log(
      `${race.id.padEnd(34)} ${side.padEnd(9)} ${word.padEnd(15)} ${reduced.states} of ${full.states} states`,
    );
    if (word === 'DIFFERS') console.log(`    reduced: ${told(reduced)}\n    full: ${told(full)}`);
  }
}
console.log(
  Object.entries(count)
    .map(([word, n]) => `${n} ${word}`)
    .join(', '),
);
process.exitCode = count.DIFFERS > 0 ? 1 : 0;
