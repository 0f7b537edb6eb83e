import type { Finding } from '../finding/finding.js';
import { readBaseline } from './baseline.js';
import { breakCode } from './break-code.js';
import { judge } from './judge.js';
import { sight } from './make-finding.js';
import type { Race } from './race.js';
import { readCatalogue } from './read.js';
import { placesOf } from './replay-race.js';
import { judgeOptions, type SearchOptions } from './search-options.js';
import { beside } from './spread.js';

/** The race on its own broken code, as a finding; undefined when that does not show it. */
export function findOwn(race: Race, options: SearchOptions): Finding | undefined {
  const code = breakCode(readBaseline(race.era), race);
  const outcome = judge(race, code, judgeOptions(options));
  const violation = outcome.violations.find(({ rule }) => rule === race.rule);
  if (violation === undefined) return undefined;
  const nothing = { touched: [], changed: { before: [], after: [] } };
  const places = placesOf({ before: code, after: code, ...nothing });
  return sight({ status: 'present', side: 'after', outcome, violation }, places).finding;
}

/** The same on a thread of its own, so that whoever asks can go on. */
export async function ownWitness(id: string): Promise<Finding | undefined> {
  const races = readCatalogue().filter((race) => race.id === id);
  const [found] = await beside('own-witness', { full: false, config: new Map() }, races);
  return found;
}
