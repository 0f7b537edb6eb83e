import type { Change } from '../../change/change.js';
import type { NotAnalysed } from '../../finding/review.js';
import { readModel } from '../model.js';
import { modelledFiles } from '../modelled.js';

type Texts = Pick<Change, 'before' | 'after' | 'files'>;

/**
 * Leaves C files aside in which a patch gives a name of the kernel's headers another meaning: a macro by the name
 * of a lock's call, or an entry of the configuration. Headers are not read, so that nobody knows which of their
 * macros take it up: those of the model, which stand for them, are others.
 */
export function withoutRedefined<T extends Texts>(change: T): { change: T; notAnalysed: NotAnalysed[] } {
  const notAnalysed: NotAnalysed[] = [];
  const aside = new Set<string>();
  for (const [path, is] of change.after) {
    const was = change.before.get(path);
    const isNew = was === undefined && path.endsWith('.h');
    if (is === was || !(isNew || (was !== undefined && path.endsWith('.c')))) continue;
    // What a new header says is said to every file that takes it in.
    const affected = isNew ? cFiles(change) : [path];
    const modelled = affected.some((each) => modelledFiles.includes(each)) ? { modelled: true } : {};
    for (const { names, isRead, ...said } of redefinitions(was ?? '', is)) {
      if (isRead) for (const each of [path, ...affected]) aside.add(each);
      notAnalysed.push({
        what: path,
        why: `the patch ${said.does} ${listed(names)}${said.why}`,
        ...modelled,
      });
    }
  }
  return { change: aside.size === 0 ? change : without(change, aside), notAnalysed };
}

function cFiles({ after }: Texts): string[] {
  return [...after.keys()].filter((path) => path.endsWith('.c'));
}

interface Redefinition {
  does: string;
  names: string[];
  why: string;
  /** Code that would be executed takes it up, or may do so. */
  isRead: boolean;
}

/** Names that are told alike are told together. */
function redefinitions(was: string, is: string): Redefinition[] {
  const [before, after] = [definitionsOf(was), definitionsOf(is)];
  const asked = new Set([...asksFor(was), ...asksFor(is)]);
  const told = new Map<string, Redefinition>();
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const kind = before.get(name) === after.get(name) ? undefined : kindOf(name, asked);
    if (kind === undefined) continue;
    const does = doing(after.get(name));
    const known = told.get(`${does} ${kind.why}`);
    if (known === undefined) told.set(`${does} ${kind.why}`, { does, names: [name], ...kind });
    else known.names.push(name);
  }
  return [...told.values()];
}

function kindOf(name: string, asked: ReadonlySet<string>): Pick<Redefinition, 'why' | 'isRead'> | undefined {
  if (ofModel().has(name)) return headers;
  if (!name.startsWith('CONFIG_')) return undefined;
  return asked.has(name) ? configurations : unread;
}

const headers = {
  why: ", which the kernel's headers use: what becomes of their macros is not known, and the file is left out",
  isRead: true,
};
const configurations = {
  why: ': before and after are two configurations, and the file is left out',
  isRead: true,
};
const unread = { why: ': what headers make of it is not read', isRead: false };

function doing(after: string | undefined): string {
  if (after === undefined) return 'drops its own';
  return /# ?define /.test(after) ? 'defines' : 'undefines';
}

/** A few of them: a patch may have many. */
function listed(names: readonly string[]): string {
  const more = names.length > 4 ? ` and ${names.length - 4} more` : '';
  return `${names
    .slice(0, 4)
    .map((name) => name.slice(0, 80))
    .join(', ')}${more}`;
}

const directive = /^[ \t]*#[ \t]*(?:define|undef)[ \t]+(\w+)(?:[^\n\\]|\\[\s\S])*/gm;

/** By name: every `#define` and `#undef` of it, as written. */
function definitionsOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [line, name = ''] of text.matchAll(directive)) {
    const written = line.trim().replace(/[\s\\]+/g, ' ');
    found.set(name, `${found.get(name) ?? ''}${written}\n`);
  }
  return found;
}

/** The entries of the configuration that a text names, but for defining them. */
function asksFor(text: string): string[] {
  return text.replace(directive, '').match(/\bCONFIG_\w+/g) ?? [];
}

let names: ReadonlySet<string> | undefined;

/** What the model calls, and what its macros speak of: a macro of that name would change it unseen. */
function ofModel(): ReadonlySet<string> {
  names ??= new Set(modelNames());
  return names;
}

function* modelNames(): Generator<string> {
  const { headers, files } = readModel();
  for (const text of [...headers.values(), ...files.map((file) => file.text)]) {
    for (const [, name = ''] of text.matchAll(/\b(\w+)\(/g)) yield name;
    for (const [line] of text.matchAll(directive))
      for (const [word] of line.matchAll(/\b\w*[a-z]\w*\b/g)) yield word;
  }
}

function without<T extends Texts>(change: T, aside: ReadonlySet<string>): T {
  const rest = (texts: ReadonlyMap<string, string>) =>
    new Map([...texts].filter(([path]) => !aside.has(path)));
  return {
    ...change,
    before: rest(change.before),
    after: rest(change.after),
    files: change.files.filter(({ newPath }) => !aside.has(newPath)),
  };
}
