import type { Change } from '../change/change.js';
import type { PatchReview } from '../finding/review.js';
import { missingPredecessor } from '../series/predecessor.js';
import type { Series } from '../series/series.js';
import { whyEraMatters } from './agree-eras.js';

/** What was found out about one patch. */
export type Examined = Omit<PatchReview, 'subject' | 'messageId' | 'repairs' | 'base'>;

/**
 * Why what a review on the baseline came to is not told: the patch is not alone in what it does, or another
 * era of the baseline, which the diff fits as well, answers otherwise.
 */
export async function whyUndecided(
  change: Change,
  series: Series,
  examined: Examined,
  examine: (other: Change) => Promise<Examined>,
): Promise<string | undefined> {
  const premature = whyPremature(change, series, examined);
  if (premature !== undefined) return premature;
  const own = { era: change.base.tree, findings: examined.findings };
  for (const rival of change.rivals ?? []) {
    const { findings } = await examine(rival);
    const why = whyEraMatters(own, { era: rival.base.tree, findings });
    if (why !== undefined) return why;
  }
  return undefined;
}

/** On a baseline a patch may break what an earlier patch of its series, which is not at hand, has prepared. */
function whyPremature({ patch, base }: Change, series: Series, { findings }: Examined): string | undefined {
  const missing = missingPredecessor(patch.message, series.patches);
  const opened = findings.find(({ status }) => status === 'introduced');
  if (base.method !== 'graft' || missing === undefined || opened === undefined) return undefined;
  return `alone it opens ${opened.rule} on the baseline, but patch ${missing}, which comes before it, is not in the input`;
}

/** What is told instead. */
export function undecided(
  base: PatchReview['base'],
  { files }: Change,
  why: string,
): Examined & Pick<PatchReview, 'base'> {
  const what = files.map(({ newPath }) => newPath).join(', ');
  return {
    base: { ...base, method: 'none' },
    touched: [],
    findings: [],
    replays: [],
    paths: [],
    notAnalysed: [{ what, why }],
  };
}
