import type { Change } from '../change/change.js';
import { changedLines } from '../code/changed-lines.js';
import type { Code } from '../code/code.js';
import { filesOf } from '../code/modelled.js';
import { recallCode } from '../code/recall-code.js';
import type { PathSide } from './path-finding.js';
import { programOf } from './run-paths.js';

export interface Side extends PathSide {
  code: Code;
}

type Config = ReadonlyMap<string, string> | undefined;

/** The C files of a patch before and after it, each side as a program. */
export function sidesOf(change: Change, config: Config): { before: Side; after: Side } {
  const { baseline } = change.base;
  const changed = changedLines(change.files);
  return {
    before: sideOf(recallCode({ files: cFiles(change.before), baseline }), changed.before, config),
    after: sideOf(recallCode({ files: cFiles(change.after), baseline }), changed.after, config),
  };
}

/** The same side with the modelled files that the patch leaves alone: callers are looked for in these, too. */
export async function wider(side: Side, { around }: Change, config: Config): Promise<Side> {
  const files = new Map(side.code.files);
  for (const path of filesOf.kernel) {
    const text = files.has(path) ? undefined : await around(path);
    if (text !== undefined && text.length <= limits.characters) files.set(path, text);
  }
  return sideOf({ ...side.code, files }, side.changed, config);
}

const limits = { files: 12, characters: 1_500_000 };

/** Why a patch is too large for running all paths of what it touches. */
export function whyTooMuch({ before, after }: Change): string | undefined {
  for (const all of [before, after]) {
    const files = cFiles(all);
    if (files.size > limits.files) return `the patch changes more than ${limits.files} C files`;
    const characters = [...files.values()].reduce((sum, text) => sum + text.length, 0);
    if (characters > limits.characters) return 'the files that the patch changes are too large';
  }
  return undefined;
}

function cFiles(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].filter(([path]) => path.endsWith('.c')));
}

function sideOf(code: Code, changed: PathSide['changed'], config: Config): Side {
  const lines = new Map([...code.files].map(([path, text]) => [path, text.split('\n')]));
  return {
    code,
    program: programOf(code, config).program,
    changed,
    source: (file, line) => lines.get(file)?.[line - 1],
    onBaseline: code.baseline,
  };
}
