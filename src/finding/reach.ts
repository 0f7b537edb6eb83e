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

/** How much of what the patch touches nobody can say anything about. */
export function gapsOf({ replays, notAnalysed }: PatchReview): number {
  return notAnalysed.length + replays.filter(({ after }) => after === 'not-analysed').length;
}
