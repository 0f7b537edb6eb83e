import { basename, resolve } from 'node:path';
import { openTrees } from '../change/open-all.js';
import type { Tree } from '../change/tree.js';
import type { Code } from '../code/code.js';
import { modelledFiles } from '../code/modelled.js';
import type { CheckResult } from '../finding/check.js';
import type { MatrixCell, MatrixReport, MatrixTree } from '../finding/matrix.js';
import type { Problem } from '../finding/problem.js';
import type { AnalysisOptions } from '../finding/request.js';
import { checkAll, readCode } from './check.js';
import { chosen } from './choose.js';
import { compareSeen } from './compare-seen.js';
import { versionOfMakefile } from './kernel-version.js';
import type { Race } from './race.js';
import { readCatalogue } from './read.js';

/** A column: what a kernel is called, and every race on it unless it could not be read. */
interface Column {
  tree: MatrixTree;
  results: CheckResult[];
}

/** Replays the catalogue on several kernels, and holds the outcome against what its entries say of them. */
export async function matrix(options: AnalysisOptions): Promise<MatrixReport | Problem> {
  const races = chosen(readCatalogue(), options);
  if (!Array.isArray(races)) return races;
  const columns: Column[] = [];
  for (const where of options.trees) columns.push(await column(where, races, options, columns.length));
  return {
    version: 1,
    trees: columns.map(({ tree }) => tree),
    rows: races.map(({ id, rule, title, seen }, at) => {
      return { race: id, rule, title, seen, cells: columns.map((each) => cell(rule, each, at)) };
    }),
    disagreements: columns.flatMap(({ tree, results }) =>
      tree.problem === null ? compareSeen(tree.version, races, results) : [],
    ),
  };
}

async function column(
  where: string,
  races: readonly Race[],
  options: AnalysisOptions,
  before: number,
): Promise<Column> {
  const read = await readTree(where, options);
  if ('problem' in read) {
    return { tree: { tree: where, version: nameOf(where), problem: read.problem }, results: [] };
  }
  const { version, code } = read;
  const cells = { done: before * races.length, of: options.trees.length * races.length };
  const onProgress = options.onProgress && { onProgress: progressOf(version, cells, options.onProgress) };
  const how = { ...options, ...onProgress };
  const results = await checkAll(races, code, how);
  return { tree: { tree: where, version, problem: null }, results };
}

/** Counts the cells of all columns: who waits for the whole wants to know how long. */
function progressOf(
  version: string,
  { done, of }: { done: number; of: number },
  tell: NonNullable<AnalysisOptions['onProgress']>,
): typeof tell {
  return (progress) => tell({ what: `${version}, ${progress.what}`, done: done + progress.done, of });
}

async function readTree(
  where: string,
  options: AnalysisOptions,
): Promise<{ version: string; code: Code } | { problem: string }> {
  const trees = await openTrees([where], options.onProgress);
  if (!Array.isArray(trees)) return trees;
  const [tree] = trees as [Tree];
  try {
    const code = await readCode(tree);
    if (code.files.size === 0) return { problem: `none of ${modelledFiles.join(', ')} is there` };
    const makefile = await tree.read('Makefile');
    return { code, version: versionOfMakefile(makefile ?? '') ?? nameOf(where) };
  } finally {
    await tree.close();
  }
}

/** The last part of a path: `linux-source-6.12` of a tarball by that name. */
function nameOf(where: string): string {
  return basename(resolve(where)).replace(/\.tar(?:\.\w+)?$/, '');
}

function cell(rule: string, { tree, results }: Column, at: number): MatrixCell {
  const result = results[at];
  if (result === undefined)
    return { verdict: 'not-analysed', rules: [], bound: null, why: [tree.problem ?? 'nothing was run'] };
  const others = result.rules.filter((each) => each !== rule);
  const rules = result.rules.includes(rule) ? [rule, ...others] : others;
  return { verdict: result.verdict, rules, bound: result.bound, why: result.why };
}
