import type { Code } from '../code/code.js';
import type { NotAnalysed } from '../finding/review.js';
import type { Race } from './race.js';
import type { ReviewedChange } from './replay-race.js';

/** Files that a race runs and a tree does not have. A kernel may be without DAX; these files every kernel has. */
function missingFiles(race: Pick<Race, 'files'>, ...codes: readonly Code[]): string[] {
  if (codes.some(({ baseline }) => baseline)) return [];
  const isThere = (path: string) => codes.some(({ files }) => files.has(path));
  return race.files.filter((path) => path.startsWith('mm/') && !isThere(path));
}

/** What a tree of a few files leaves out of the races that run what a patch touches, by file. */
export function missingGaps(
  { before, after, touched }: ReviewedChange,
  races: readonly Race[],
): NotAnalysed[] {
  const files = new Set(touched.map(({ file }) => file));
  const concerned = races.filter((race) => race.files.some((file) => files.has(file)));
  const counts = new Map<string, number>();
  for (const race of concerned)
    for (const path of missingFiles(race, before, after)) counts.set(path, (counts.get(path) ?? 0) + 1);
  return [...counts].map(([what, n]) => ({
    what,
    why: `the tree does not have it, so that ${n === 1 ? '1 race runs' : `${n} races run`} the model in its place, or not at all`,
  }));
}

/** The same as what a verdict on such a tree rests on. */
export function missingAssumptions(race: Race, code: Code): string[] {
  return missingFiles(race, code).map((path) => `the tree has no ${path}, and the model stands for it`);
}
