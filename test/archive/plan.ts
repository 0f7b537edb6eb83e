import { applySeries } from '../../src/change/apply-series.js';
import type { Patch } from '../../src/change/patch.js';
import type { Tree } from '../../src/change/tree.js';
import type { Posting } from './mails.js';
import { thinned } from './thin.js';

/**
 * How a patch is reviewed: with the patches before it, or alone; as it was sent, or only the parts of it for the
 * files under review and for headers.
 */
export type How = 'series' | 'series, parts' | 'alone, parts';

/** Patches that are reviewed together, and those of them whose answer counts. */
export interface Step {
  how: How;
  patches: Patch[];
  ids: string[];
}

export const idOf = ({ message }: Patch): string => message.id ?? '';

/** Those patches that a tree takes, from the first on. */
async function taken(patches: Patch[], trees: Tree[]): Promise<Patch[]> {
  const changes = await applySeries(patches, trees);
  const end = changes.findIndex(({ status }) => status !== 'applied');
  return end < 0 ? patches : patches.slice(0, end);
}

/** What comes behind the last patch that counts costs time and tells nothing. */
function upTo(patches: Patch[], ids: ReadonlySet<string>): Patch[] {
  return patches.slice(0, patches.findLastIndex((patch) => ids.has(idOf(patch))) + 1);
}

/** The steps in which a posting is reviewed on trees, so that as much of it as they take is reviewed as it was sent. */
export async function planOn(posting: Posting, trees: Tree[]): Promise<Step[]> {
  const left = new Set(posting.touching.map((at) => idOf(posting.patches[at]!)));
  const steps: Step[] = [];
  const thin = (await Promise.all(posting.patches.map(thinned))).filter((patch) => patch !== undefined);
  for (const [how, all] of [
    ['series', posting.patches],
    ['series, parts', thin],
  ] as const) {
    const wanted = upTo(all, left);
    const patches = wanted.length === 0 ? [] : upTo(await taken(wanted, trees), left);
    const ids = patches.map(idOf).filter((id) => left.delete(id));
    if (ids.length > 0) steps.push({ how, patches, ids });
  }
  for (const id of left)
    steps.push({ how: 'alone, parts', patches: thin.filter((patch) => idOf(patch) === id), ids: [id] });
  return steps;
}
