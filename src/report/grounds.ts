import { racesJudged, touchesModel } from '../finding/reach.js';
import type { PatchReview, Review } from '../finding/review.js';
import type { ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { basePhrase, count, sentence } from './phrase.js';

/** `1 function touched, 45 races replayed`; functions are counted in files that scenarios run only. */
export function workDone(patch: PatchReview, elapsedMs: number | null): string {
  const { length } = patch.touched;
  const races = racesJudged([patch]);
  const parts = [
    ...(length === 0 ? [] : [`${count(length, 'function')} touched`]),
    `${races === 0 ? 'no race' : count(races, 'race')} replayed`,
  ];
  if (elapsedMs !== null) parts.push(`${(elapsedMs / 1000).toFixed(1)} s`);
  return parts.join(', ');
}

/** Where nothing was executed, what it would have been executed on is no news. */
export function isBaseNews(patch: PatchReview, { explain }: Pick<ReportContext, 'explain'>): boolean {
  return touchesModel(patch) || patch.touched.length > 0 || explain;
}

/** What a patch was executed on, how much of it there was, and what was mended before, as sentences of a page. */
export function grounds(patch: PatchReview, context: Pick<ReportContext, 'explain'>): string[] {
  const base = `${sentence(basePhrase(patch.base))} ${sentence(workDone(patch, null))}`;
  const repairs = patch.repairs.map((repair) => sentence(`Repaired: ${escapeLine(repair)}`));
  return [...(isBaseNews(patch, context) ? [base] : []), ...repairs];
}

/** What is to be known of a series before anything is said of its patches. */
export function saidOfSeries({ missing, notes, neverAnswer }: Review['series']): string[] {
  return [
    ...missing.map((each) => `Missing: ${escapeLine(each)}`),
    ...notes.map((each) => `Note: ${escapeLine(each)}`),
    ...(neverAnswer === null ? [] : [`Never answered: ${escapeLine(neverAnswer)}`]),
  ];
}
