import type { CheckResult } from '../finding/check.js';
import type { Disagreement } from '../finding/matrix.js';
import { parseVersion } from './kernel-version.js';
import type { Race } from './race.js';
import { wasSeen } from './seen.js';

/**
 * Where a run on one kernel and the `Seen:` lines do not say the same. A race that was there must be seen by
 * its own rule. One that was not must hold, or show only what another entry shows on that kernel as its own.
 */
export function compareSeen(
  name: string,
  races: readonly Race[],
  results: readonly CheckResult[],
): Disagreement[] {
  const version = parseVersion(name);
  if (version === undefined) return [];
  const pairs = races.map((race, at) => {
    return { race, result: results[at] as CheckResult, was: wasSeen(race.seen, version) };
  });
  const own = pairs.filter(({ race, result, was }) => was !== false && result.rules.includes(race.rule));
  const known = new Set(own.flatMap(({ result }) => result.signatures));
  return pairs.flatMap(({ race, result, was }) => {
    const what = was === undefined ? undefined : difference(race, result, was, known);
    if (what === undefined) return [];
    return [{ race: race.id, version: name, seen: race.seen, verdict: result.verdict, what }];
  });
}

function difference(
  race: Race,
  result: CheckResult,
  was: boolean,
  known: ReadonlySet<string>,
): string | undefined {
  if (result.verdict === 'absent' || result.verdict === 'not-analysed') return undefined;
  if (was && result.rules.includes(race.rule)) return undefined;
  if (was && result.verdict === 'holds') return 'the catalogue says that it was there, and it holds';
  if (was) return `the catalogue says that it was there, and only ${result.rules.join(', ')} is seen`;
  const strange = result.signatures.filter((signature) => !known.has(signature));
  return strange.length === 0 ? undefined : `no entry says that this was there: ${strange.join('; ')}`;
}
