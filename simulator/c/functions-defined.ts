import type { Token } from './token.js';
import { attributeCalls, reservedWords } from './words.js';

/**
 * The functions that a source defines, told from its tokens before any macro is expanded: a name behind a
 * type, brackets, a brace. A macro of that name which others prepared must give way, or it would be
 * expanded in the function's own head.
 */
export function functionsDefined(tokens: readonly Token[]): string[] {
  const names: string[] = [];
  const brackets: number[] = [];
  /** The token before the bracket that was closed last. */
  let called = -1;
  for (let at = 0; at < tokens.length; at += 1) {
    const { text } = tokens[at]!;
    if (text === '(') brackets.push(at);
    else if (text === ')') {
      const before = (brackets.pop() ?? 0) - 1;
      if (before >= 0 && !attributeCalls.has(tokens[before]!.text)) called = before;
    } else if (text === '{') {
      if (called > 0 && isHead(tokens, called, at)) names.push(tokens[called]!.text);
      brackets.length = 0;
    }
    if (text === ';' || text === '{' || text === '}') called = -1;
  }
  return names;
}

/** A loop's macro also has brackets and a brace, but no type before it. */
function isHead(tokens: readonly Token[], name: number, brace: number): boolean {
  const before = tokens[name - 1]!;
  if (
    tokens[name]!.kind !== 'name' ||
    (tokens[brace - 1]!.kind === 'punctuator' && tokens[brace - 1]!.text !== ')')
  )
    return false;
  return (
    before.text === '*' ||
    (before.kind === 'name' && !reservedWords.has(before.text) && before.text !== 'static')
  );
}
