import { isProblem, type Problem } from '../../src/finding/problem.js';
import { touchesModel, wasJudged } from '../../src/finding/reach.js';
import type { PatchReview, Review } from '../../src/finding/review.js';
import type { Outcome, Told } from './task.js';

const judgements = ['holds', 'violated'];
const worst = ['introduced', 'unknown-origin', 'fixed', 'present'] as const;

function outcomeOf(patch: PatchReview, review: Review): Outcome {
  if (review.series.status === 'not-kernel') return 'not-kernel';
  const found = worst.find((status) => patch.findings.some((finding) => finding.status === status));
  if (found !== undefined) return found;
  if (wasJudged(patch)) return 'holds';
  return touchesModel(patch) || patch.base.method === 'none' ? 'not-analysed' : 'nothing-modelled';
}

function tellPatch(id: string, patch: PatchReview, review: Review): Told {
  const { base, touched, replays, findings, notAnalysed } = patch;
  const outcome = outcomeOf(patch, review);
  const gaps = notAnalysed.map(({ what, why }) => `${what}: ${why}`);
  return {
    id,
    outcome,
    why: outcome === 'not-analysed' || outcome === 'not-kernel' ? (notAnalysed[0]?.why ?? null) : null,
    base: base.method,
    exact: base.method === 'blob',
    tree: base.commit ?? base.tree,
    touched: touched.map((each) => `${each.modelled ? '' : '-'}${each.function}`),
    judged: replays.filter(({ after }) => judgements.includes(after)).length,
    findings: findings.map(({ status, rule, race, evidence, location, title, witness }) => {
      const { file, line } = location;
      return { status, rule, race, evidence, function: location.function, file, line, title, witness };
    }),
    notAnalysed: gaps.slice(0, 20),
  };
}

export function nothing(id: string, outcome: Outcome, why: string): Told {
  return {
    id,
    outcome,
    why,
    base: 'none',
    exact: false,
    tree: null,
    touched: [],
    judged: 0,
    findings: [],
    notAnalysed: [],
  };
}

/** What a review says of each of these mails. */
export function tell(answer: Review | Problem, ids: string[]): Told[] {
  if (isProblem(answer)) return ids.map((id) => nothing(id, 'refused', answer.problem));
  return ids.map((id) => {
    const patch = answer.patches.find(({ messageId }) => messageId === id);
    return patch
      ? tellPatch(id, patch, answer)
      : nothing(id, 'refused', 'the review does not speak of this mail');
  });
}
