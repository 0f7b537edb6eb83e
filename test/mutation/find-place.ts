import type { Anchor, Which } from './edit.js';
import type { Range } from './find-function.js';
import { closing } from './mask.js';
import { everyStatement, type Statement } from './parse-statements.js';

/** Where an identifier stands in a range of masked text. */
export function findIdentifier(masked: string, within: Range, name: string): Range[] {
  const text = masked.slice(within.from, within.to);
  return [...text.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].map((match) => {
    const from = within.from + match.index;
    return { from, to: from + name.length };
  });
}

/** A call: its name, and the parentheses behind it. */
export interface Call {
  name: Range;
  list: Range;
}

export function findCalls(masked: string, within: Range, name: string): Call[] {
  return findIdentifier(masked, within, name).flatMap((found) => {
    const open = /^\s*\(/.exec(masked.slice(found.to, found.to + 20));
    if (open === null) return [];
    const from = found.to + open[0].length - 1;
    return [{ name: found, list: { from, to: closing(masked, from) } }];
  });
}

/** The ranges of the arguments of a call. */
export function argumentsOf(masked: string, { list }: Call): Range[] {
  const found: Range[] = [];
  let from = list.from + 1;
  for (let at = from; at < list.to; at++) {
    if (at === list.to - 1 || masked[at] === ',') {
      found.push({ from, to: at });
      from = at + 1;
    } else if ('([{'.includes(masked[at] as string)) {
      at = closing(masked, at) - 1;
    }
  }
  return found.map(({ from, to }) => {
    const lead = /^\s*/.exec(masked.slice(from, to))?.[0].length ?? 0;
    return { from: from + lead, to };
  });
}

/** Those of a list that were asked for. */
export function pick<T>(list: readonly T[], which: Which = 0): T[] {
  if (which === 'all') return [...list];
  const one = list.at(which);
  return one === undefined ? [] : [one];
}

/** The statements with a call that end in a semicolon; a call in a condition has none. */
export function findStatements(masked: string, body: Statement, { call, nth }: Anchor): Statement[] {
  const simple = everyStatement(body).filter(({ kind }) => kind === 'simple');
  return pick(findCalls(masked, body, call), nth).flatMap(({ name }) =>
    simple.filter(({ from, to }) => from <= name.from && name.to <= to),
  );
}

/** The conditions in which an identifier stands. */
export function findConditions(masked: string, body: Statement, name: string, nth?: Which): Range[] {
  const named = everyStatement(body)
    .flatMap(({ condition }) => condition ?? [])
    .filter((condition) => findIdentifier(masked, condition, name).length > 0);
  return pick(named, nth);
}
