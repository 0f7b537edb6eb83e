import type { Replay } from './replay.js';
import type { PatchReview } from './review.js';
import type { Verdict } from './verdict.js';

function isJudgement(verdict: Verdict): boolean {
  return verdict === 'holds' || verdict === 'violated';
}

/** The race said something about the code after the patch, or about code that the patch takes away. */
export function isJudged(replay: Replay): boolean {
  return isJudgement(replay.after) || (replay.after === 'absent' && isJudgement(replay.before));
}

/** The patch changes something that a scenario executes, or should have executed: also where it has no place. */
export function touchesModel(patch: PatchReview): boolean {
  if (patch.base.method === 'none' && patch.base.baseline) return true;
  if (patch.notAnalysed.some(({ modelled }) => modelled === true)) return true;
  const wanted = (replay: Replay) => replay.before !== 'absent' || replay.after !== 'absent';
  return patch.touched.some((touched) => touched.modelled) || patch.replays.some(wanted);
}

/** Something of what the patch touches was executed and judged; only then silence means anything. */
export function wasJudged({ findings, replays, notAnalysed }: PatchReview): boolean {
  if (findings.length > 0 || replays.some(({ after }) => isJudgement(after))) return true;
  // What was judged before the patch and is gone says something only where it did not go elsewhere.
  return replays.some(isJudged) && !notAnalysed.some(({ modelled }) => modelled === true);
}

/** Races that were judged; of one that was not, it is told among the gaps. */
export function racesJudged(patches: readonly PatchReview[]): number {
  const judged = patches.flatMap(({ replays }) => replays.filter(isJudged));
  return new Set(judged.map(({ race }) => race)).size;
}

/** Races that were judged before the patch and find nothing to execute after it. */
export function racesGone({ replays }: PatchReview): number {
  return replays.filter((replay) => replay.after === 'absent' && isJudged(replay)).length;
}

/** `takes away what 3 known races execute, ..`, of a patch that leaves nothing else to judge; undefined otherwise. */
export function takenAway(patch: PatchReview): string | undefined {
  const gone = racesGone(patch);
  if (gone === 0 || patch.replays.some(({ after }) => isJudgement(after))) return undefined;
  return `takes away what ${gone} known ${gone === 1 ? 'race executes' : 'races execute'}, and leaves nothing of it to judge`;
}

/** Functions of files that scenarios run are changed, and no scenario runs any of these. */
export function isOutOfReach(patch: PatchReview): boolean {
  return patch.touched.length > 0 && !touchesModel(patch);
}

/** `opens A in f() and 2 more, closed by a later patch`; undefined for nearly every patch. */
export function passingOf({ passing = [] }: PatchReview): string | undefined {
  if (passing.length === 0) return undefined;
  const more = passing.length === 1 ? '' : ` and ${passing.length - 1} more`;
  return `opens ${passing[0]}${more}, closed by a later patch`;
}

/** How much of what the patch touches nobody can say anything about. */
export function gapsOf({ replays, notAnalysed }: PatchReview): number {
  return notAnalysed.length + replays.filter(({ after }) => after === 'not-analysed').length;
}
