import type { Code } from '../code/code.js';
import { modelledFiles } from '../code/modelled.js';
import type { CheckReport, CheckResult } from '../finding/check.js';
import type { Problem } from '../finding/problem.js';
import type { CheckOptions } from '../finding/request.js';
import { boundText, judge, type Outcome } from './judge.js';
import type { Race } from './race.js';
import { readCatalogue } from './read.js';
import { witnessText } from './witness.js';

/** Reads one file of a tree; undefined when it has none. */
export type ReadFile = (path: string) => Promise<string | undefined>;

/** Replays the catalogue on a tree as it stands. */
export async function checkTree(
  tree: string,
  read: ReadFile,
  options: CheckOptions,
): Promise<CheckReport | Problem> {
  const files = new Map<string, string>();
  for (const path of modelledFiles) {
    const text = await read(path);
    if (text !== undefined) files.set(path, text);
  }
  if (files.size === 0) return { problem: `${tree}: none of ${modelledFiles.join(', ')} is there`, exit: 3 };
  const code: Code = { files, baseline: false };
  const races = chosen(readCatalogue(), options);
  if ('problem' in races) return races;
  const results: CheckResult[] = [];
  for (const [done, race] of races.entries()) {
    options.onProgress?.({ what: race.id, done, of: races.length });
    results.push(resultOf(judge(race, code, judgeOptions(options))));
    await new Promise(setImmediate);
  }
  return { version: 1, tree, results };
}

/** The races that were asked for, with no more threads than allowed. */
export function chosen(races: Race[], options: { races: string[]; threads?: number }): Race[] | Problem {
  const unknown = options.races.find((id) => !races.some((race) => race.id === id));
  if (unknown !== undefined)
    return { problem: `there is no race "${unknown}"; faultline catalogue lists them`, exit: 2 };
  return races.filter(
    (race) =>
      (options.races.length === 0 || options.races.includes(race.id)) &&
      race.threads.length <= (options.threads ?? 4),
  );
}

export function judgeOptions(options: {
  budget?: number;
  full: boolean;
  config: ReadonlyMap<string, string>;
}) {
  const bounds = { full: options.full, ...(options.budget === undefined ? {} : { states: options.budget }) };
  return { config: options.config, bounds };
}

function resultOf(outcome: Outcome): CheckResult {
  const first = outcome.violations[0];
  return {
    race: outcome.race.id,
    rule: first?.rule ?? outcome.race.rule,
    verdict: outcome.verdict,
    signatures: outcome.violations.map((violation) => violation.signature),
    bound: boundText(outcome.bound),
    states: outcome.states,
    location: first === undefined ? null : { file: first.file, line: first.line, function: first.function },
    why: outcome.why,
    assumptions: outcome.assumptions,
    witness: first === undefined ? null : witnessText(outcome, 'after', first),
  };
}
