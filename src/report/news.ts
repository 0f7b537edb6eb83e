import type { Finding } from '../finding/finding.js';
import { takenAway, touchesModel, wasJudged } from '../finding/reach.js';
import type { PatchReview, Review } from '../finding/review.js';
import type { ReportContext, Said } from './context.js';

/** A finding that an earlier version's mail told of. */
export interface Again {
  finding: Finding;
  said: Said;
}

/** What there is to say of a series, to the mail of one of its patches. */
export interface News {
  kind: 'found' | 'fixed' | 'clean';
  /** The patch that is answered. */
  patch: PatchReview;
  /** Told in full: introduced by that patch and not told before, or fixed since a version that was told of. */
  findings: Finding[];
  /** Told in one line each: what other patches of the series bring, because a series gets one mail. */
  elsewhere: { finding: Finding; patch: PatchReview }[];
  again: Again[];
}

function introduced(patch: PatchReview): Finding[] {
  return patch.findings.filter((finding) => finding.status === 'introduced');
}

/** What a mail would say; in one line why nothing. */
export function newsOf(review: Review, { audience, history }: ReportContext): News | { silent: string } {
  const open = (patch: PatchReview) => introduced(patch).filter(({ id }) => !history.disputed.has(id));
  const fresh = (patch: PatchReview) => open(patch).filter(({ id }) => !history.told.has(id));
  const again = (patch: PatchReview): Again[] =>
    open(patch).flatMap((finding) => {
      const said = history.told.get(finding.id);
      return said === undefined ? [] : [{ finding, said }];
    });
  const patch =
    review.patches.find((each) => fresh(each).length > 0) ??
    review.patches.find((each) => open(each).length > 0);
  if (patch !== undefined) {
    const others = review.patches.filter((each) => each !== patch);
    const elsewhere = others.flatMap((other) => fresh(other).map((finding) => ({ finding, patch: other })));
    return {
      kind: 'found',
      patch,
      findings: fresh(patch),
      elsewhere,
      again: review.patches.flatMap(again),
    };
  }
  if (review.patches.some((each) => introduced(each).length > 0))
    return { silent: 'everything that was found is disputed' };
  return quiet(review, audience, history);
}

/** Good news is told only where it is asked for. */
function quiet(
  review: Review,
  audience: ReportContext['audience'],
  history: ReportContext['history'],
): News | { silent: string } {
  const last = review.patches.at(-1);
  if (last === undefined) return { silent: 'there is no patch' };
  if (audience.sayFixed && isFixed(review, history)) return { kind: 'fixed', ...nothing(last) };
  const isClear = ({ findings }: PatchReview) => !findings.some(({ status }) => status === 'unknown-origin');
  const judged = review.patches.every(
    (each) => each.notAnalysed.length === 0 && each.replays.length > 0 && isClear(each),
  );
  if (audience.sayClean && judged) return { kind: 'clean', ...nothing(last) };
  if (!review.patches.every(isClear))
    return { silent: 'of what was found it is not known whether the patch brings it' };
  const touching = review.patches.filter(touchesModel);
  if (touching.some((patch) => !wasJudged(patch) || takenAway(patch) !== undefined))
    return { silent: 'not everything could be analysed' };
  return { silent: 'nothing introduced' };
}

function nothing(patch: PatchReview): Omit<News, 'kind'> {
  return { patch, findings: [], elsewhere: [], again: [] };
}

/** Everything that was told of an earlier version was looked for in this one, and is not there after its patches. */
function isFixed({ patches }: Review, { told }: ReportContext['history']): boolean {
  const holds = ({ race }: Said) =>
    patches.flatMap(({ replays }) => replays).findLast((each) => each.race === race)?.after;
  return told.size > 0 && [...told.values()].every((said) => holds(said) === 'holds');
}
