import { createHash } from 'node:crypto';
import type { Instruction } from '../vm/program.js';
import { dataOf } from './data.js';
import { asFailure } from './failure.js';
import { sizeOf } from './layout.js';
import { type Config, type Loaded, loadUnits, type Source } from './load.js';
import type { Order, Pooled } from './lower/body.js';
import { type Lowered, mapOperands } from './lower/finish.js';
import { lowerFunction } from './lower/function.js';
import { newSession } from './new-session.js';
import { type GlobalSymbol, globalType, type Linkable, originRank } from './symbol.js';
import { constantMacros, withoutMacros } from './without-macros.js';

/** What a function means: a hash of what it does, and what in it orders memory, which changes nothing of that. */
export interface Meaning {
  code: string;
  orders: readonly Order[];
}

/**
 * What the functions of each side mean that are not the same text on both, with all else the same: as it is for
 * the others where what stands between functions differs, too.
 */
export function differing(
  before: Source,
  after: Source,
  headers: ReadonlyMap<string, string>,
  config?: Config,
): { before: Map<string, Meaning>; after: Map<string, Meaning> } {
  const [was, is] = [before, after].map((source) => loadUnits([source], everywhere(headers), config)) as [
    Loaded,
    Loaded,
  ];
  const names = was.prelude === is.prelude ? rewritten(before, was, after, is) : undefined;
  return { before: meanings(was, [before], names), after: meanings(is, [after], names) };
}

/** A function is another one also when it differs where the model's world never comes to. */
function everywhere(headers: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return withoutMacros(headers, constantMacros(headers));
}

/** Names of the functions with another text; undefined when what lies around the functions differs, too. */
function rewritten(before: Source, was: Loaded, after: Source, is: Loaded): Set<string> | undefined {
  const [one, other] = [new Sections(before, was), new Sections(after, is)];
  if (one.between !== other.between || one.names.join() !== other.names.join()) return undefined;
  const changed = one.names.flatMap((_, n) => (one.texts[n] === other.texts[n] ? [] : [n]));
  const more = changed.some((n) => [one.texts[n], other.texts[n]].some((text) => hasMore(text as string)));
  return more ? undefined : new Set(changed.map((n) => one.names[n] as string));
}

/** Whether lines hold more than one function: a directive reaches behind its end, and code may share its lines. */
function hasMore(text: string): boolean {
  return /^[ \t]*#/m.test(text) || !/\n\}$/.test(text) || /^[^\n(]*[;}]/.test(text);
}

/** A file cut into the texts of its functions and what lies between them. */
class Sections {
  readonly names: string[] = [];
  readonly texts: string[] = [];
  readonly between: string;

  constructor({ text }: Source, { units }: Loaded) {
    const lines = text.split('\n');
    const rest = [...lines];
    for (const { name, line, endLine } of units.flatMap(({ unit }) => unit.functions)) {
      this.names.push(name);
      this.texts.push(lines.slice(line - 1, endLine).join('\n'));
      rest.fill('', line - 1, endLine);
    }
    this.between = rest.filter((line) => line !== '').join('\n');
  }
}

/**
 * What each function of the sources means. Its hash is that of its lowered code without lines: calls and globals by
 * name (globals with their first bytes), constants by value. Equal hashes: the same function, but for its order.
 */
export function fingerprints(
  sources: readonly Source[],
  headers: ReadonlyMap<string, string>,
  config?: Config,
): Map<string, Meaning> {
  return meanings(loadUnits(sources, everywhere(headers), config), sources, undefined);
}

function meanings(
  loaded: Loaded,
  sources: readonly Source[],
  only: ReadonlySet<string> | undefined,
): Map<string, Meaning> {
  const session = newSession(loaded, new Map(), true, true);
  const texts = new Map(sources.map(({ path, text }) => [path, text]));
  const result = new Map<string, Meaning>();
  for (const [name, symbols] of session.functions) {
    const own = symbols.filter(
      ({ unit }) => !unit.isPrelude && originRank[unit.origin] <= originRank.baseline,
    );
    if (own.length === 0 || only?.has(name) === false) continue;
    const lowered = own.map((symbol) => lowerFunction(symbol));
    const parts = lowered.map((each) => whole(each, texts.get(each.symbol.unit.source.file) ?? ''));
    const code = createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
    result.set(name, { code, orders: lowered.flatMap(({ orders }) => orders) });
  }
  return result;
}

/** A function's code as text, without what means nothing. */
function whole(lowered: Lowered, text: string): string {
  const { definition } = lowered.symbol;
  const head = `${lowered.parameters} ${lowered.frame} ${definition.step} ${definition.static}`;
  if (lowered.failure) return `${head} ${lowered.failure.reason} ${written(text, definition)}`;
  return [head, ...lowered.code.map((instruction) => spelledOut(instruction, lowered))].join('\n');
}

/** The text of a function that could not be lowered, without comments and blanks. */
function written(text: string, { line, endLine }: { line: number; endLine: number }): string {
  const lines = text
    .split('\n')
    .slice(line - 1, endLine)
    .join('\n');
  return lines.replace(/\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*/g, ' ').replace(/\s+/g, ' ');
}

/** One instruction with everything that is numbered replaced by what it stands for. */
function spelledOut(instruction: Instruction, lowered: Lowered): string {
  const copy: Record<string, unknown> = { ...instruction, line: 0 };
  mapOperands(copy as unknown as Instruction, (operand) =>
    operand < 0 ? (constantName(lowered.pool[~operand]!) as unknown as number) : operand,
  );
  if (instruction.op === 'call') copy.callee = lowered.callees[instruction.callee]!.name;
  return JSON.stringify(copy);
}

function constantName(entry: Pooled): string {
  return typeof entry === 'bigint' ? `#${entry}` : `${symbolName(entry.base)}+${entry.offset}`;
}

function symbolName(symbol: Linkable): string {
  return symbol.kind === 'function' ? symbol.name : globalName(symbol);
}

function globalName(symbol: GlobalSymbol): string {
  const { initial, problem } = dataOf(symbol);
  const values = initial.map(
    ({ offset, type, value, base }) => `${offset}:${type}:${value}:${base?.name ?? ''}`,
  );
  return `${symbol.name}[${sizeText(symbol)}]{${values.join(',')}}${problem ?? ''}`;
}

function sizeText(symbol: GlobalSymbol): string {
  try {
    return String(sizeOf(globalType(symbol), symbol.unit));
  } catch (thrown) {
    return asFailure(thrown).reason;
  }
}
