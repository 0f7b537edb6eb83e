import type { Finding, FindingStatus } from './finding.js';
import type { Outcome } from './outcome.js';
import { gapsOf, racesJudged, takenAway, touchesModel, wasJudged } from './reach.js';
import type { PatchReview, Review } from './review.js';

/** How it stands with a series, as a list of many shows it; the first that fits counts. */
export const stands = [
  'introduced',
  'not-analysed',
  'refused',
  'fixed',
  'clear',
  'untouched',
  'waiting',
  'superseded',
] as const;

export type StandName = (typeof stands)[number];

/** The same with its reason: half a sentence. */
export interface Stand {
  stand: StandName;
  reason: string;
}

export const waiting: Stand = { stand: 'waiting', reason: 'waits for its review' };
export const superseded: Stand = { stand: 'superseded', reason: 'a newer version came before its review' };

/** What a result means. "Clear" is said only of what was executed: silence has reasons of its own. */
export function standOf(outcome: Outcome): Stand {
  if (outcome.outcome === 'refused') return { stand: 'refused', reason: outcome.why };
  if (outcome.outcome === 'not-analysed')
    return { stand: 'not-analysed', reason: `${outcome.limit}: ${outcome.why}` };
  return standOfReview(outcome.report);
}

function standOfReview({ patches }: Review): Stand {
  const findings = patches.flatMap((patch) => patch.findings);
  const opened = told(findings, 'introduced');
  if (opened !== undefined) return { stand: 'introduced', reason: opened };
  const unknown = told(findings, 'unknown-origin');
  if (unknown !== undefined)
    return { stand: 'not-analysed', reason: `whether the patch opens ${unknown} is not known` };
  const touching = patches.filter(touchesModel);
  const unjudged = touching.find((patch) => !wasJudged(patch));
  if (unjudged !== undefined) return { stand: 'not-analysed', reason: firstGap(unjudged) };
  const closed = told(findings, 'fixed');
  if (closed !== undefined) return { stand: 'fixed', reason: closed };
  if (touching.length === 0)
    return { stand: 'untouched', reason: 'changes nothing that a scenario executes' };
  const taken = touching.map(takenAway).find((each) => each !== undefined);
  if (taken !== undefined) return { stand: 'not-analysed', reason: taken };
  return { stand: 'clear', reason: clearness(touching) };
}

/** `lost-wakeup in dax_unlock_entry(), and 2 more`. */
function told(findings: Finding[], status: FindingStatus): string | undefined {
  const [first, ...more] = findings.filter((finding) => finding.status === status);
  if (first === undefined) return undefined;
  const others = more.length === 0 ? '' : `, and ${more.length} more`;
  return `${first.rule} in ${first.location.function}()${others}`;
}

function firstGap({ notAnalysed }: PatchReview): string {
  const [first] = notAnalysed;
  return first === undefined
    ? 'modelled code is touched, and none of it was executed'
    : `${first.what}: ${first.why}`;
}

/** What was executed where nothing was found, and how much was not. */
export function clearness(patches: PatchReview[]): string {
  const held = racesJudged(patches);
  const gaps = patches.reduce((sum, patch) => sum + gapsOf(patch), 0);
  const races = held === 1 ? '1 race replayed' : `${held} races replayed`;
  return gaps === 0 ? races : `${races}; not analysed: ${gaps}`;
}
