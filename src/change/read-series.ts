import type { Series } from '../series/series.js';
import type { Patch } from './patch.js';
import { readPatch, readTrailers } from './read-patch.js';

/** The patches of a series. What its cover says about the base holds for the first of them. */
export function readSeries(series: Series): Patch[] {
  const patches = series.patches.map(readPatch);
  const [first, ...rest] = patches;
  if (!first || !series.cover) return patches;
  const said = readTrailers(series.cover.body);
  const baseCommit = first.baseCommit ?? said.baseCommit;
  const prerequisites = first.prerequisites.length > 0 ? first.prerequisites : said.prerequisites;
  return [{ ...first, baseCommit, prerequisites }, ...rest];
}
