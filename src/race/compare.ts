import type { FindingStatus } from '../finding/finding.js';
import type { Judged, Outcome } from './judge.js';

/** A signature as the table of DESIGN section 8 has it. */
export interface Compared {
  status: FindingStatus;
  side: 'before' | 'after';
  outcome: Outcome;
  violation: Judged;
}

/** Compares the sets of signatures of one race before and after a patch. */
export function compare(before: Outcome, after: Outcome): Compared[] {
  const seenBefore = new Set(before.violations.map((violation) => violation.signature));
  const seenAfter = new Set(after.violations.map((violation) => violation.signature));
  const unknownBefore = before.verdict === 'not-analysed';
  const compared: Compared[] = after.violations.map((violation) => ({
    status: seenBefore.has(violation.signature)
      ? 'present'
      : unknownBefore || !covers(before, violation)
        ? 'unknown-origin'
        : 'introduced',
    side: 'after',
    outcome: after,
    violation,
  }));
  if (after.verdict === 'not-analysed' || after.verdict === 'absent') return compared;
  for (const violation of before.violations) {
    if (seenAfter.has(violation.signature) || !covers(after, violation)) continue;
    compared.push({ status: 'fixed', side: 'before', outcome: before, violation });
  }
  return compared;
}

/** "Not seen" means something only within what was searched: all of it, or all up to as many preemptions. */
function covers(outcome: Outcome, violation: Judged): boolean {
  if (outcome.verdict === 'absent') return true;
  return outcome.bound === 'complete' || (outcome.bound?.preemptions ?? -1) >= violation.preemptions;
}
