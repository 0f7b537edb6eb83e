import { openTrees } from '../change/open-all.js';
import type { Tree } from '../change/tree.js';
import type { Code } from '../code/code.js';
import { filesOf, modelledFiles } from '../code/modelled.js';
import type { CheckReport, CheckResult } from '../finding/check.js';
import type { Problem } from '../finding/problem.js';
import type { AnalysisOptions } from '../finding/request.js';
import { chosen, whyTooWide } from './choose.js';
import type { Race } from './race.js';
import { readCatalogue } from './read.js';
import { searchOptions } from './search-options.js';
import { spread } from './spread.js';

/** Replays the catalogue on a tree as it stands. */
export async function check(where: string, options: AnalysisOptions): Promise<CheckReport | Problem> {
  const races = chosen(readCatalogue(), options);
  if (!Array.isArray(races)) return races;
  const trees = await openTrees([where], options.onProgress);
  if (!Array.isArray(trees)) return trees;
  const code = await readCode(trees[0] as Tree);
  await trees[0]?.close();
  if (code.files.size === 0)
    return { problem: `${where}: none of ${modelledFiles.join(', ')} is there`, exit: 3 };
  return { version: 1, tree: where, results: await checkAll(races, code, options) };
}

/** A result a race, in their order; of one with more threads than allowed only that. */
export async function checkAll(
  races: readonly Race[],
  code: Code,
  options: AnalysisOptions,
): Promise<CheckResult[]> {
  const isRun = (race: Race) => whyTooWide(race, options.threads) === undefined;
  const run = races.filter(isRun);
  const results = await spread('check', { code, options: searchOptions(options) }, run, options);
  const done = results.values();
  return races.map((race) =>
    isRun(race) ? (done.next().value as CheckResult) : unrun(race, options.threads),
  );
}

function unrun(race: Race, threads: number | undefined): CheckResult {
  const why = [whyTooWide(race, threads) ?? ''];
  const nothing = {
    rules: [],
    signatures: [],
    bound: null,
    states: 0,
    location: null,
    assumptions: [],
    witness: null,
  };
  return { race: race.id, rule: race.rule, verdict: 'not-analysed', ...nothing, why };
}

/** The modelled files of a tree as it stands. */
export async function readCode(tree: Tree): Promise<Code> {
  const files = new Map<string, string>();
  for (const paths of Object.values(filesOf)) {
    const [state] = tree.kind === 'baseline' ? await tree.states([...paths]) : [];
    for (const path of paths) {
      const text = await tree.read(path, state?.at);
      if (text !== undefined) files.set(path, text);
    }
  }
  return { files, baseline: tree.kind === 'baseline' };
}
