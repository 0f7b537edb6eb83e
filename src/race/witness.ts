import type { Outcome } from './outcome.js';
import type { Violation } from './violation.js';

/** `version.race.side.programHash.schedule` (docs/architecture.md). */
export interface Witness {
  race: string;
  side: 'before' | 'after';
  hash: string;
  schedule: string;
}

export function witnessText(outcome: Outcome, side: 'before' | 'after', violation: Violation): string {
  return `1.${outcome.race.id}.${side}.${outcome.hash}.${violation.schedule}`;
}

/** Reads a witness; a string says what is wrong with it. */
export function parseWitness(text: string): Witness | string {
  const [version, race, side, hash, schedule, ...rest] = text.slice(0, 30_000).trim().split('.');
  if (
    schedule === undefined ||
    rest.length > 0 ||
    hash === undefined ||
    !/^[a-z0-9-]{1,80}$/.test(race ?? '')
  ) {
    return 'a witness looks like 1.RACE.after.HASH.SCHEDULE';
  }
  if (version !== '1') return `this witness has version ${version?.slice(0, 10)}; only version 1 is known`;
  if (side !== 'before' && side !== 'after') return 'the third part of a witness is "before" or "after"';
  return { race: race as string, side, hash, schedule };
}
