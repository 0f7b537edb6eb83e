import type { Range } from './find-function.js';
import { closing, skipBlanks } from './mask.js';

/** A statement of C as far as an editor needs it: where it is, and where its condition is. */
export interface Statement extends Range {
  /** `header`: it has something in parentheses that decides over what it holds. `simple`: it ends in `;`. */
  kind: 'block' | 'header' | 'simple';
  /** Inside of the parentheses. */
  condition?: Range;
  children: Statement[];
}

/** The statement at a place of masked C, a label before it left out; undefined when it cannot be read. */
export function parseStatement(masked: string, place: number): Statement | undefined {
  const at = skipBlanks(masked, place);
  if (masked[at] === '{') return parseBlock(masked, at);
  const rest = masked.slice(at, at + 200);
  const label = /^(?:case\b[^:]*|[A-Za-z_]\w*\s*):(?!:)/.exec(rest);
  if (label !== null) return parseStatement(masked, at + label[0].length);
  if (/^(?:if|while|for|switch)\b/.test(rest)) return parseHeader(masked, at, masked.indexOf('(', at));
  if (/^do\b/.test(rest)) return parseDo(masked, at);
  return parseSimple(masked, at);
}

function parseBlock(masked: string, from: number): Statement | undefined {
  const to = closing(masked, from);
  const children: Statement[] = [];
  let at = skipBlanks(masked, from + 1);
  while (to > 0 && at < to - 1) {
    const child = parseStatement(masked, at);
    if (child === undefined) return undefined;
    children.push(child);
    at = skipBlanks(masked, child.to);
  }
  return to < 0 ? undefined : { kind: 'block', from, to, children };
}

/** A statement with a condition (or the header of a loop by macro), its body, and what else there is. */
function parseHeader(masked: string, from: number, open: number): Statement | undefined {
  const close = closing(masked, open);
  const body = open < 0 || close < 0 ? undefined : parseStatement(masked, close);
  if (body === undefined) return undefined;
  const statement: Statement = {
    kind: 'header',
    from,
    to: body.to,
    condition: { from: open + 1, to: close - 1 },
    children: [body],
  };
  const next = skipBlanks(masked, body.to);
  if (!/^if\b/.test(masked.slice(from, from + 3)) || !/^else\b/.test(masked.slice(next, next + 5)))
    return statement;
  const other = parseStatement(masked, next + 4);
  if (other === undefined) return undefined;
  return { ...statement, to: other.to, children: [body, other] };
}

function parseDo(masked: string, from: number): Statement | undefined {
  const body = parseStatement(masked, from + 2);
  if (body === undefined) return undefined;
  const open = masked.indexOf('(', body.to);
  const close = closing(masked, open);
  const to = masked.indexOf(';', close) + 1;
  if (open < 0 || close < 0 || to === 0) return undefined;
  return { kind: 'header', from, to, condition: { from: open + 1, to: close - 1 }, children: [body] };
}

/** Up to its semicolon. A brace after a call is the body of a loop that a macro makes. */
function parseSimple(masked: string, from: number): Statement | undefined {
  let at = from;
  while (at < masked.length) {
    const letter = masked[at] as string;
    if (letter === ';') return { kind: 'simple', from, to: at + 1, children: [] };
    if (letter === '}') return undefined;
    if (!'([{'.includes(letter)) {
      at++;
      continue;
    }
    const behind = closing(masked, at);
    if (behind < 0) return undefined;
    if (letter === '(' && masked[skipBlanks(masked, behind)] === '{') return parseHeader(masked, from, at);
    at = behind;
  }
  return undefined;
}

/** A statement and everything it holds, outer ones first. */
export function everyStatement(statement: Statement): Statement[] {
  return [statement, ...statement.children.flatMap(everyStatement)];
}
