import type { Code } from '../code/code.js';
import { headOf } from '../code/definition.js';
import type { Edit, Race } from './race.js';

/** A function that begins and ends in the first column, as the kernel's do. */
const functionNamed = (name: string) => new RegExp(`${headOf(name)}[^;{]*\\{[\\s\\S]*?^\\}`, 'm');

/**
 * The code with an entry's BROKEN side: its hunks are laid in, its functions take the place of the code's own.
 * Throws an Error when a hunk does not stand in exactly one place.
 */
export function breakCode(code: Code, race: Race): Code {
  const files = new Map(code.files);
  for (const edit of race.edits) layEdit(files, race, edit);
  const names = definedNames(race.broken);
  const home = new Map<string, string>();
  for (const [path, text] of files) {
    const left = names.reduce(withoutFunction, text);
    if (left !== text) home.set(path, left);
  }
  // What replaces nothing is there for the hunks.
  if (home.size === 0)
    for (const [path, text] of files) if (text !== code.files.get(path)) home.set(path, text);
  for (const [path, left] of home) files.set(path, `${left}\n${race.broken.trim()}\n`);
  return { files, baseline: code.baseline };
}

/** The functions that an entry breaks. */
export function brokenNames(race: Race): string[] {
  return [...race.edits.map((edit) => edit.fn), ...definedNames(race.broken)];
}

function layEdit(files: Map<string, string>, race: Race, edit: Edit): void {
  const wrong = (what: string) => new Error(`${race.file}: the hunk of ${edit.fn} ${what}`);
  for (const [path, text] of files) {
    const match = functionNamed(edit.fn).exec(text);
    if (match === null) continue;
    const lines = match[0].split('\n');
    const places = placesOf(edit.before, lines);
    if (places.length !== 1) throw wrong(`has ${places.length} places in it`);
    const { from, to } = places[0] as Place;
    lines.splice(from, to - from, ...edit.after);
    files.set(
      path,
      text.replace(match[0], () => lines.join('\n')),
    );
    return;
  }
  throw wrong('is about a function that the baseline does not have');
}

interface Place {
  from: number;
  to: number;
}

/** Where lines follow each other in a function. Its comments do not count: a hunk of the catalogue has none. */
function placesOf(wanted: readonly string[], lines: readonly string[]): Place[] {
  let comment = false;
  const code = lines.flatMap((line, at) => {
    const inside = comment || /^\s*\/\*/.test(line);
    comment = inside && !line.includes('*/');
    return inside ? [] : [at];
  });
  return code.flatMap((from, at) => {
    const fits = wanted.every((line, next) => lines[code[at + next] as number] === line);
    return fits ? [{ from, to: (code[at + wanted.length - 1] as number) + 1 }] : [];
  });
}

function definedNames(text: string): string[] {
  const heads = text.matchAll(/^(?![\s#/*}])[^\n;={}]*?\b(\w+)\s*\([^;{]*\{/gm);
  return [...heads].map(([, name = '']) => name);
}

/** Blanks a function; lines stay where they are. */
function withoutFunction(text: string, name: string): string {
  return text.replace(functionNamed(name), (match) => match.replace(/[^\n]/g, ''));
}
