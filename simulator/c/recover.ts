import type { FunctionDefinition } from './ast.js';
import { type Cursor, type ParseFailure, position } from './cursor.js';

/**
 * The index of the brace that closes the function whose opening brace stands here. Where braces do not
 * match, a closing brace at the left margin ends the function, as the kernel's style has it.
 */
export function closeOfFunction(c: Cursor): number {
  const close = c.closingOf(c.at);
  if (close >= 0) return close;
  for (let at = c.at; at < c.tokens.length; at += 1) {
    const { text, start, space } = c.tokens[at]!;
    if (text === '}' && start && !space) return at;
  }
  return c.tokens.length;
}

/** A definition whose head could not be read is still a function, if its name can be told. */
export function brokenHeader(c: Cursor, failure: ParseFailure): FunctionDefinition | undefined {
  const brace = endOfHeader(c);
  if (brace === undefined) return undefined;
  let open = c.at;
  while (c.tokens[open]!.text !== '(') open += 1;
  const name = c.tokens[open - 1];
  if (open === c.at || name?.kind !== 'name') return undefined;
  const close = c.closingOf(brace);
  return {
    name: name.text,
    type: { kind: 'function', result: { kind: 'builtin', name: 'void' }, parameters: [], variadic: false },
    static: false,
    inline: false,
    step: 'plain',
    instead: false,
    otherwise: false,
    broken: { reason: `head of a function: ${failure.reason}`, line: failure.line },
    body: [],
    endLine: (c.tokens[close] ?? name).line,
    ...position(name),
  };
}

/** The brace of a function's body: the first one outside brackets, before any `;` or `=`, behind a `)`. */
function endOfHeader(c: Cursor): number | undefined {
  let bracket = false;
  for (let at = c.at; at < c.tokens.length; at += 1) {
    const { text } = c.tokens[at]!;
    if (text === '{') return bracket ? at : undefined;
    if (text === ';' || text === '=' || text === '}') return undefined;
    if (text !== '(') continue;
    const close = c.closingOf(at);
    if (close < 0) return undefined;
    bracket = true;
    at = close;
  }
  return undefined;
}

/** Skips to behind the next `;` or braces at the outermost level. */
export function skipDeclaration(c: Cursor): void {
  for (; c.token.kind !== 'end'; c.at += 1) {
    if (c.accept(';')) return;
    if (c.is('{')) {
      c.at = closeOfFunction(c) + 1;
      if (c.is(';')) c.at += 1;
      return;
    }
    if (c.accept('}')) return;
    if (c.is('(') || c.is('[')) {
      const close = c.closingOf(c.at);
      if (close > 0) c.at = close;
    }
  }
}
