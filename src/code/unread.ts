import type { Change } from '../change/change.js';
import type { NotAnalysed } from '../finding/review.js';
import { modelledFiles } from './modelled.js';
import { isSameCode } from './same-code.js';

/** What a patch does to a modelled file between its functions, and nobody reads: tables of functions, taken-in code. */
export function unread({ before, after }: Pick<Change, 'before' | 'after'>): NotAnalysed[] {
  return modelledFiles.flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === undefined || is === undefined || was === is) return [];
    const whys = [...tables(was, is), ...included(was, is)];
    return whys.map((why) => ({ what: path, why, modelled: true }));
  });
}

const table = /^(?:(?:static|const|extern)\s+)*struct\s+\w*operations\w*\s+(\w+)\s*=\s*\{[^}]*\}/gm;

/** Threads of a scenario call a function as its role says, whatever table it stands in. */
function tables(was: string, is: string): string[] {
  const [before, after] = [tablesOf(was), tablesOf(is)];
  return [...before]
    .filter(([name, text]) => !isSameCode(text, after.get(name) ?? ''))
    .map(([name]) => `the table ${name} is another or gone, and scenarios do not call through it`);
}

function tablesOf(text: string): Map<string, string> {
  return new Map([...text.matchAll(table)].map(([whole, name = '']) => [name, whole]));
}

/** Headers are stood for; code that is taken in from another file is not. */
function included(was: string, is: string): string[] {
  const known = new Set(includesOf(was));
  return includesOf(is)
    .filter((line) => !known.has(line))
    .map((line) => `what ${line} takes in is not read`);
}

function includesOf(text: string): string[] {
  const lines = text.matchAll(/^[ \t]*#[ \t]*include[ \t]+["<]([^">\n]+\.c)[">]/gm);
  return [...lines].map(([, file]) => `#include "${file}"`);
}
