import { releasedBy } from '../../simulator/path/reach.js';
import type { Program } from '../../simulator/vm/program.js';
import type { FilePatch } from '../change/patch.js';

/**
 * Whether a patch has somebody called who was not called before, or oftener, or adds the call of a release anywhere: in
 * a header, too, and in functions that cannot be run.
 */
export function addsCalls(files: readonly FilePatch[], before: Program, after: Program): boolean {
  const written = (kind: 'add' | 'delete') =>
    countOf(
      files.flatMap(({ hunks }) =>
        hunks.flatMap(({ lines }) =>
          lines.flatMap((line) => (line.kind === kind ? calledIn(line.text) : [])),
        ),
      ),
    );
  const added = written('add');
  if ([...added.keys()].some((name) => releasedBy(name) !== undefined)) return true;
  return isMore(added, written('delete')) || isMore(callsOf(after), callsOf(before));
}

const words = new Set(['if', 'while', 'for', 'switch', 'return', 'sizeof']);

/** Names that stand before a bracket in a line. */
function calledIn(line: string): string[] {
  return [...line.matchAll(/\b(\w+)\s{0,4}\(/g)].flatMap(([, name = '']) => (words.has(name) ? [] : name));
}

/** By file, function and callee: how often it is called there. */
function callsOf(program: Program): Map<string, number> {
  return countOf(
    program.functions.flatMap(({ file, name, code, origin }) =>
      origin === 'model'
        ? []
        : code.flatMap((i) => {
            if (i.op === 'call') return `${file} ${name} ${program.functions[i.callee]?.name}`;
            return i.op === 'unknown' && !i.name.startsWith('&') ? `${file} ${name} ${i.name}` : [];
          }),
    ),
  );
}

function countOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function isMore(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): boolean {
  return [...one].some(([name, count]) => count > (other.get(name) ?? 0));
}
