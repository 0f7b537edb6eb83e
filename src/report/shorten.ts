import { widthOf } from './width.js';

/** The innermost parentheses of a call whose arguments are worth leaving out, the longest first. */
function longestArguments(source: string): [from: number, to: number] | undefined {
  let best: [number, number] | undefined;
  for (const match of source.matchAll(/\w\(([^()]{3,})\)/g)) {
    const from = match.index + 2;
    const to = from + match[1]!.length;
    if (match[1] !== '..' && (best === undefined || to - from > best[1] - best[0])) best = [from, to];
  }
  return best;
}

/** Arguments that already hold a shortened call are left out with it: `f(g(..), x)` becomes `f(..)`. */
function outerArguments(source: string): [from: number, to: number] | undefined {
  const match = /\w\(((?:[^()]|\([^()]*\)){3,})\)/.exec(source);
  return match === null ? undefined : [match.index + 2, match.index + 2 + match[1]!.length];
}

/**
 * A statement that goes on in the next line: `x = f(a,` becomes `x = f(..);`, the outermost call first. Within a
 * condition more than its arguments is left out: `if (x && f(a,` becomes `if (x && f(..) ..`.
 */
function closeCall(source: string): string {
  const open: number[] = [];
  for (let at = 0; at < source.length; at++) {
    if (source[at] === '(') open.push(at);
    if (source[at] === ')') open.pop();
  }
  const call = open.find((at) => /\w/.test(source[at - 1] ?? ''));
  if (call === undefined) return source;
  return `${source.slice(0, call)}${call === open[0] ? '(..);' : '(..) ..'}`;
}

/** A statement without what belongs to those around it: half of a `?:`, the end of a block. */
function alone(source: string): string {
  const text = source.replace(/^[?:] ?/, '');
  return text.includes('{') ? text : text.replace(/ ?\}$/, '');
}

/**
 * A statement made to fit `cells` cells as kernel people shorten by hand: blanks joined, arguments left out
 * as `f(..)`. It may still be too long; then the caller wraps or cuts it.
 */
export function shortenSource(source: string, cells: number): string {
  let text = closeCall(alone(source.slice(0, 400).replace(/\s+/g, ' ').trim()));
  for (let tries = 0; tries < 20 && widthOf(text) > cells; tries++) {
    const range = longestArguments(text) ?? outerArguments(text);
    if (range === undefined) break;
    text = `${text.slice(0, range[0])}..${text.slice(range[1])}`;
  }
  return text;
}
