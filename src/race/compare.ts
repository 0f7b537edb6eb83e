import type { FindingStatus } from '../finding/finding.js';
import type { Outcome } from './outcome.js';
import type { Violation } from './violation.js';

/** A signature as the table of docs/architecture.md has it. */
export interface Compared {
  status: FindingStatus;
  side: 'before' | 'after';
  outcome: Outcome;
  violation: Violation;
}

/** Compares the sets of signatures of one race before and after a patch. */
export function compare(before: Outcome, after: Outcome): Compared[] {
  const isSure = after.newCalls.length === 0;
  const wasBroken = before.violations.some((violation) => seen(after, violation));
  const compared: Compared[] = after.violations.map((violation) => {
    const status = seen(before, violation)
      ? 'present'
      : isSure && !(wasBroken && isSign(violation)) && isClear(before, after, violation)
        ? 'introduced'
        : 'unknown-origin';
    return { status, side: 'after', outcome: after, violation };
  });
  if (!isSure || after.verdict === 'not-analysed' || after.verdict === 'absent') return compared;
  for (const violation of before.violations) {
    if (seen(after, violation) || !isClear(after, before, violation)) continue;
    compared.push({ status: 'fixed', side: 'before', outcome: before, violation });
  }
  return compared;
}

/** What does not say what went wrong, but that something did: of what was broken before, it may be one sign more. */
function isSign({ rule }: Violation): boolean {
  return rule === 'assertion' || rule === 'warning';
}

function seen({ violations, ends }: Outcome, { signature }: Violation): boolean {
  return [...violations, ...ends].some((violation) => violation.signature === signature);
}

/**
 * Whether "not seen" in one version means "not there": all of it was searched, or all up to as many
 * preemptions, and nothing that only this version does could have ended those interleavings before. Who goes round for
 * ever is looked for in the whole only.
 */
function isClear(outcome: Outcome, other: Outcome, violation: Violation): boolean {
  if (outcome.verdict === 'absent') return true;
  if (outcome.verdict === 'not-analysed') return false;
  const met = [...outcome.violations, ...outcome.ends];
  if (met.some((one) => one.cuts && !seen(other, one))) return false;
  if (outcome.bound === 'complete') return true;
  return violation.rule !== 'livelock' && (outcome.bound?.preemptions ?? -1) >= violation.preemptions;
}
