import type { Change } from '../../change/change.js';
import type { NotAnalysed } from '../../finding/review.js';
import { modelledFiles } from '../modelled.js';
import { isSameCode } from '../same-code.js';

/** What a patch does to a modelled file between its functions, and nobody reads: tables of functions, taken-in code. */
export function unread({ before, after }: Pick<Change, 'before' | 'after'>): NotAnalysed[] {
  return modelledFiles.flatMap((path) => {
    const [was, is] = [before.get(path), after.get(path)];
    if (was === undefined || is === undefined || was === is) return [];
    const whys = [...tables(was, is), ...included(was, is)];
    return whys.map((why) => ({ what: path, why, modelled: true }));
  });
}

/** Threads of a scenario call a function as its role says, whatever table it stands in. */
function tables(was: string, is: string): string[] {
  const [before, after] = [tablesOf(was), tablesOf(is)];
  return [...before]
    .filter(([name, text]) => !isSameCode(text, after.get(name) ?? ''))
    .map(([name]) => `the table ${name} is another or gone, and scenarios do not call through it`);
}

/** By name: tables whose heads begin at the margin, up to the line that closes them. */
function tablesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  let open: string | undefined;
  for (const line of text.split('\n')) {
    open ??= tableBegunBy(line);
    if (open === undefined) continue;
    found.set(open, `${found.get(open) ?? ''}${line}\n`);
    if (line.startsWith('}')) open = undefined;
  }
  return found;
}

/** `static const struct vm_operations_struct x = {`. */
function tableBegunBy(line: string): string | undefined {
  if (!/^[a-z]/.test(line) || !line.endsWith('{')) return undefined;
  const words = line.slice(0, longestHead).split(/\W+/);
  const at = words.findIndex((word, n) => word.includes('operations') && words[n - 1] === 'struct');
  return at < 0 ? undefined : words[at + 1];
}

const longestHead = 200;

/** Headers are stood for; code that is taken in from another file is not. */
function included(was: string, is: string): string[] {
  const known = new Set(includesOf(was));
  return includesOf(is)
    .filter((line) => !known.has(line))
    .map((line) => `what ${line} takes in is not read`);
}

function includesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const directive = line.slice(0, longestHead).trim();
    if (!/^#[ \t]*include\b/.test(directive)) return [];
    const [, file = ''] = directive.split(/["<>]/);
    return file.endsWith('.c') ? `#include "${file}"` : [];
  });
}
