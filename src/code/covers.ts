import { survey } from '../../simulator/c/survey.js';
import { openTrees } from '../change/open-all.js';
import type { Tree } from '../change/tree.js';
import type { CoversReport, FileCover, FunctionCover } from '../finding/covers.js';
import type { Problem } from '../finding/problem.js';
import type { CoversOptions } from '../finding/request.js';
import { readModel } from './model.js';
import { modelledFiles, standIns } from './modelled.js';

/** Says for a file or function how far it is understood. `target` is a kernel path or a function's name. */
export async function covers(target: string, options: CoversOptions): Promise<CoversReport | Problem> {
  const trees = await openTrees(options.trees, options.onProgress);
  if (!Array.isArray(trees)) return trees;
  const tree = trees[0] as Tree;
  try {
    const isPath = /\.[ch]$/.test(target);
    const paths = isPath
      ? [target]
      : [...new Set([...modelledFiles, ...standIns])].filter((path) => path.endsWith('.c'));
    const [state] = tree.kind === 'baseline' ? await tree.states([...modelledFiles]) : [];
    const files: FileCover[] = [];
    for (const path of paths) {
      const text = await tree.read(path, state?.at);
      if (text !== undefined) files.push(coverOf(path, text));
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
      : { problem: `no file of ${tree.name} that is looked at defines ${target}()`, exit: 3 };
  } finally {
    await tree.close();
  }
}

function coverOf(path: string, text: string): FileCover {
  const result = survey({ path, text, origin: 'reviewed' }, readModel().headers);
  const why = new Map(result.failures.map((failure) => [failure.function, failure]));
  const modelled = modelledFiles.includes(path);
  const functions: FunctionCover[] = [...result.calls.keys()].map((name) => {
    const failure = why.get(name);
    return {
      function: name,
      line: failure?.line ?? 0,
      lowered: failure === undefined,
      modelled,
      races: [],
      why: failure?.reason ?? (modelled ? null : 'no scenario executes this file'),
    };
  });
  return { file: path, functions, problems: [] };
}
