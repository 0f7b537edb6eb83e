import type { AnalysisOptions } from '../finding/request.js';
import type { JudgeOptions } from './judge.js';

/** What of a request decides the answer of a search; plain data. */
export type SearchOptions = Pick<AnalysisOptions, 'budget' | 'full' | 'config'>;

export function searchOptions({ budget, full, config }: SearchOptions): SearchOptions {
  return { full, config, ...(budget === undefined ? {} : { budget }) };
}

export function judgeOptions({ budget, full, config }: SearchOptions): JudgeOptions {
  return { config, bounds: { full, ...(budget === undefined ? {} : { states: budget }) } };
}
