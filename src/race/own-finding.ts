import type { Finding } from '../finding/finding.js';
import { readBaseline } from './baseline.js';
import { breakCode } from './break-code.js';
import { judge } from './judge.js';
import { sight } from './make-finding.js';
import { placesOf } from './patch-places.js';
import type { Race } from './race.js';
import { judgeOptions, type SearchOptions } from './search-options.js';

/** The race on its own broken code, as a finding; undefined when that does not show it. */
export function ownFinding(race: Race, options: SearchOptions): Finding | undefined {
  const code = breakCode(readBaseline(race.era), race);
  const outcome = judge(race, code, judgeOptions(options));
  const violation = outcome.violations.find(({ rule }) => rule === race.rule);
  if (violation === undefined) return undefined;
  const places = placesOf({ before: code, after: code, changed: { before: [], after: [] } });
  return sight({ status: 'present', side: 'after', outcome, violation }, places).finding;
}
