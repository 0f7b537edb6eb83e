import type { AnalysisOptions } from '../finding/request.js';
import type { SelfTestReport } from '../finding/self-test.js';
import { readCatalogue } from './read.js';
import { searchOptions } from './search-options.js';
import { spread } from './spread.js';

/** Runs every entry on its own baseline, broken and repaired: the catalogue's test of itself. */
export async function selfTest(ids: readonly string[], options: AnalysisOptions): Promise<SelfTestReport> {
  const races = readCatalogue().filter((race) => ids.length === 0 || ids.includes(race.id));
  return { version: 1, entries: await spread('self-test', searchOptions(options), races, options) };
}
