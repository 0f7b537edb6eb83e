import type { Finding } from '../finding/finding.js';
import type { Base } from '../finding/review.js';
import { escapeLine } from './escape.js';

/** `1 race`, `4 races`. */
export function count(n: number, noun: string): string {
  if (n === 1) return `1 ${noun}`;
  if (noun.endsWith('ch')) return `${n} ${noun}es`;
  return `${n} ${/[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The same words once each, in order. */
export function unique(words: string[]): string[] {
  return [...new Set(words.map(escapeLine))];
}

/** A full commit id as people write it; anything else as it is. */
function shortCommit(commit: string): string {
  return /^[0-9a-f]{16,}$/.test(commit) ? commit.slice(0, 12) : commit;
}

const methods: Record<string, string> = {
  blob: 'exact, by blob id',
  'base-commit': 'by its base-commit line',
  applies: 'the patch applies there',
  folder: 'as it stands',
  tarball: 'as it stands',
  previous: 'as the patch before leaves it',
};

/** Which code was executed: `base v4.11, exact, by blob id`. */
export function basePhrase(base: Base): string {
  if (base.baseline && base.method === 'none')
    return "base: none, as there is no tree, and no clear place on Faultline's own baseline";
  if (base.baseline) return "base: Faultline's own baseline of this protocol, not your tree";
  if (base.method === 'none') return 'base: not found';
  const tree = base.tree === '.' ? 'this checkout' : base.tree;
  const names = [tree, base.commit === null ? null : shortCommit(base.commit)];
  const where = names.filter((name) => name !== null && name !== '').map((name) => escapeLine(name!));
  const how = methods[base.method] ?? escapeLine(base.method);
  return `base ${[...new Set(where), how].join(', ')}`;
}

/** An argument as one types it in a shell. */
export function quoteArgument(argument: string): string {
  const text = escapeLine(argument);
  return /^[\w@%+=:,./<>-]+$/.test(text) && !/[<>]/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The text as a sentence: with a capital, and a full stop unless it ends with a mark of its own. */
export function sentence(text: string): string {
  const line = escapeLine(text);
  // A name keeps its spelling: `vmf_insert()` and `dax-race` do not begin a sentence with a capital.
  const named = /^\S*[_(\d]|^\S+-/.test(line);
  const capital = named ? line : line.slice(0, 1).toUpperCase() + line.slice(1);
  return line === '' || /[.!?:]$/.test(line) ? capital : `${capital}.`;
}

/** Title and message as prose; a message that only repeats the title is told once. */
export function prose(title: string, message: string): string {
  const [first, second] = [sentence(title), sentence(message)];
  if (second.toLowerCase().startsWith(first.toLowerCase().replace(/\.$/, ''))) return second;
  return [first, second].filter((part) => part !== '').join(' ');
}

/** Which race of the catalogue it is, or only in whose scenario it was met; empty for a path rule. */
export function knownAs(finding: Finding): string {
  if (finding.race === null) return '';
  const links = unique(finding.links);
  const race = escapeLine(finding.race);
  return links.length > 0 ? `Known: ${[race, ...links].join(', ')}.` : `Met in the scenario ${race}.`;
}
