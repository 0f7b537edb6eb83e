import type { SelfTest } from '../finding/self-test.js';
import { readBaseline } from './baseline.js';
import { breakCode } from './break-code.js';
import { judge } from './judge.js';
import type { Outcome } from './outcome.js';
import type { Race } from './race.js';
import { judgeOptions, type SearchOptions } from './search-options.js';

/** An entry behaves when its broken code shows its rule and the repaired code nothing. */
export function selfTestRace(race: Race, options: SearchOptions): SelfTest {
  const { broken, repaired } = testRace(race, options);
  const own = broken.violations.some((violation) => violation.rule === race.rule);
  const ok = own && repaired.verdict === 'holds';
  return { id: race.id, broken: broken.verdict, repaired: repaired.verdict, ok };
}

/** An entry on its own baseline, with its BROKEN functions and without. */
export function testRace(race: Race, options: SearchOptions): { broken: Outcome; repaired: Outcome } {
  const baseline = readBaseline(race.era);
  const how = judgeOptions(options);
  return {
    broken: judge(race, breakCode(baseline, race), how),
    repaired: judge(race, baseline, how),
  };
}
