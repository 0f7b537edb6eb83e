import { survey } from '../../simulator/index.js';
import { openTrees } from '../change/open-all.js';
import type { Tree } from '../change/tree.js';
import type { Code } from '../code/code.js';
import { definitionAt } from '../code/definition.js';
import { headersFor } from '../code/headers-for.js';
import { modelledFiles, standIns, worldOf } from '../code/modelled.js';
import type { CoversReport, FileCover, FunctionCover } from '../finding/covers.js';
import type { Problem } from '../finding/problem.js';
import type { AnalysisOptions } from '../finding/request.js';
import { readCode } from './check.js';
import { judge } from './judge.js';
import { readCatalogue } from './read.js';

/** Says for a file or function how far it is understood. `target` is a kernel path or a function's name. */
export async function covers(target: string, options: AnalysisOptions): Promise<CoversReport | Problem> {
  const trees = await openTrees(options.trees, options.onProgress);
  if (!Array.isArray(trees)) return trees;
  const tree = trees[0] as Tree;
  try {
    const isPath = /\.[ch]$/.test(target);
    const paths = isPath
      ? [target]
      : [...new Set([...modelledFiles, ...standIns])].filter((path) => path.endsWith('.c'));
    const [state] = tree.kind === 'baseline' ? await tree.states([...modelledFiles]) : [];
    const code = await readCode(tree);
    const files: FileCover[] = [];
    for (const path of paths) {
      const text = code.files.get(path) ?? (await tree.read(path, state?.at));
      if (text !== undefined) files.push(coverOf(path, text, code));
    }
    if (isPath) {
      return files.length > 0
        ? { version: 1, target, files }
        : { problem: `${tree.name} has no ${target}`, exit: 3 };
    }
    const found = files
      .map((file) => ({ ...file, functions: file.functions.filter((each) => each.function === target) }))
      .filter((file) => file.functions.length > 0);
    return found.length > 0
      ? { version: 1, target, files: found }
      : { problem: `${target}() is in none of the files that are looked at (${tree.name})`, exit: 3 };
  } finally {
    await tree.close();
  }
}

function coverOf(path: string, text: string, code: Code): FileCover {
  const result = survey({ path, text, origin: 'reviewed' }, headersFor(code, worldOf([path])));
  const why = new Map(result.failures.map((failure) => [failure.function, failure]));
  const modelled = modelledFiles.includes(path);
  const races = modelled ? racesByFunction(path, code) : new Map<string, string[]>();
  const functions: FunctionCover[] = [...result.calls.keys()].map((name) => {
    const failure = why.get(name);
    const executing = races.get(name) ?? [];
    return {
      function: name,
      line: failure?.line ?? lineOf(text, name),
      lowered: failure === undefined,
      modelled: executing.length > 0,
      races: executing,
      why: failure?.reason ?? (executing.length > 0 ? null : whyIn(modelled)),
    };
  });
  return { file: path, functions, problems: [] };
}

function whyIn(modelled: boolean): string {
  return modelled ? 'no scenario executes it' : 'no scenario executes this file';
}

/** What each race is seen to execute in a short search; enough to say that it does. */
function racesByFunction(path: string, code: Code): Map<string, string[]> {
  const races = new Map<string, string[]>();
  for (const race of readCatalogue().filter(({ files }) => files.includes(path))) {
    const { functions } = judge(race, code, { bounds: { states: shortSearch } });
    for (const name of functions) races.set(name, [...(races.get(name) ?? []), race.id]);
  }
  return races;
}

const shortSearch = 300;

/** The line on which a definition begins; 0 when it is not written in the usual form. */
function lineOf(text: string, name: string): number {
  const at = definitionAt(text, name);
  return at < 0 ? 0 : text.slice(0, at).split('\n').length;
}
