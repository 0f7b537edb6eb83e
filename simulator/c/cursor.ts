import type { Expression } from './ast.js';
import { endToken, type Problem, type Token } from './token.js';
import { baseTypedefs } from './words.js';

/** Why the text at a line could not be parsed. Caught per function and per declaration, never outside parse. */
export class ParseFailure extends Error {
  constructor(
    readonly reason: string,
    readonly line: number,
  ) {
    super(reason);
  }
}

/** Deeper than this the parser (and whoever walks its tree) would have to fear for the stack. */
const maximumDepth = 400;

/** Links of chains such as `a + b + c` and `a.b.c` on the longest way down a tree: read in a loop, but deep. */
const longestChain = 1000;

/** A place in the tokens of a unit, and what is known there: names of types, and of locals that hide them. */
export class Cursor {
  at = 0;
  /** The function being parsed, for `__func__`. */
  functionName = '';
  readonly problems: Problem[] = [];
  private readonly end: Token;
  /** How high chains make the tree of the construct we are in, and those of the ones around it. */
  private height = 0;
  private readonly heights: number[] = [];
  /** Of locals that matter to the question: whether the name is a type where we are. */
  private readonly meaning = new Map<string, boolean>();
  /** Their declarations, innermost last, with what the name meant outside. */
  private readonly locals: { name: string; outer: boolean | undefined }[] = [];
  private readonly closing: Int32Array;

  constructor(
    readonly tokens: readonly Token[],
    readonly file: string,
    readonly typedefs: Set<string>,
  ) {
    this.end = endToken(file, tokens[tokens.length - 1]?.line ?? 1);
    this.closing = matchBrackets(tokens);
  }

  get token(): Token {
    return this.tokens[this.at] ?? this.end;
  }

  peek(distance: number): Token {
    return this.tokens[this.at + distance] ?? this.end;
  }

  is(text: string): boolean {
    return this.token.text === text;
  }

  accept(text: string): boolean {
    if (this.token.text !== text) return false;
    this.at += 1;
    return true;
  }

  expect(text: string): Token {
    const token = this.token;
    if (token.text !== text) this.fail(`'${text}' expected, not '${shortened(token)}'`);
    this.at += 1;
    return token;
  }

  expectName(what: string): Token {
    const token = this.token;
    if (token.kind !== 'name') this.fail(`${what} expected, not '${shortened(token)}'`);
    this.at += 1;
    return token;
  }

  fail(reason: string, line: number = this.token.line): never {
    throw new ParseFailure(reason, line);
  }

  /** Begins a construct that others may be nested in. */
  enter(): void {
    this.heights.push(this.height);
    this.height = 0;
    if (this.heights.length > maximumDepth) this.fail('nested over the limit');
  }

  leave(): void {
    this.height = Math.max(this.height, this.heights.pop() ?? 0);
  }

  /** Counts a link of a chain in the construct we are in, on top of the highest tree inside it. */
  link(): void {
    this.height += 1;
    if (this.height > longestChain) this.fail('expression longer than the limit');
  }

  /** Forgets the constructs that a failure left open. */
  restart(): void {
    this.heights.length = 0;
    this.height = 0;
  }

  /** The index of the bracket that closes the one at `index`; -1 when none does. */
  closingOf(index: number): number {
    return this.closing[index] ?? -1;
  }

  /** The token behind the bracket that closes the one `distance` tokens ahead; `end` when none does. */
  behindBracket(distance: number): Token {
    const close = this.closingOf(this.at + distance);
    return close < 0 ? this.end : (this.tokens[close + 1] ?? this.end);
  }

  /** Moves behind the bracket that opens here. */
  skipBracket(): void {
    const close = this.closingOf(this.at);
    if (close < 0) this.fail(`'${this.token.text}' is never closed`);
    this.at = close + 1;
  }

  /** Whether the name is known to be a type here. */
  isType(name: string): boolean {
    return this.meaning.get(name) ?? (this.typedefs.has(name) || baseTypedefs.has(name));
  }

  /** Whether the name is a local variable, as far as that was worth remembering. */
  isLocalValue(name: string): boolean {
    return this.meaning.get(name) === false;
  }

  /** Only variables that could be taken for types are remembered. */
  declareValue(name: string): void {
    if (name.endsWith('_t') || this.isType(name)) this.declareLocal(name, false);
  }

  declareType(name: string): void {
    if (this.functionName === '') this.typedefs.add(name);
    else this.declareLocal(name, true);
  }

  /** Marks the start of a scope; give the mark to `closeScope`. */
  openScope(): number {
    return this.locals.length;
  }

  closeScope(mark: number): void {
    while (this.locals.length > mark) {
      const { name, outer } = this.locals.pop()!;
      if (outer === undefined) this.meaning.delete(name);
      else this.meaning.set(name, outer);
    }
  }

  private declareLocal(name: string, isType: boolean): void {
    this.locals.push({ name, outer: this.meaning.get(name) });
    this.meaning.set(name, isType);
  }
}

/** A position for a node that begins at `token`. */
export function position(token: Token): { file: string; line: number } {
  return { file: token.file, line: token.line };
}

export function shortened(token: Token): string {
  return token.kind === 'end' ? 'end of file' : token.text.slice(0, 40);
}

export function nameNode(token: Token): Expression {
  return { kind: 'name', name: token.text, file: token.file, line: token.line };
}

/**
 * For every opening bracket the index of the closing one, or -1. A missing bracket stays inside its
 * braces: a brace closes all that is open since its partner.
 */
function matchBrackets(tokens: readonly Token[]): Int32Array {
  const closing = new Int32Array(tokens.length).fill(-1);
  const open: number[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const { text, kind } = tokens[i]!;
    if (kind !== 'punctuator') continue;
    if (text === '(' || text === '[' || text === '{') open.push(i);
    else if (text === '}') closeBrace(tokens, open, closing, i);
    else if (text === ')' || text === ']') {
      const top = open[open.length - 1];
      if (top === undefined || tokens[top]!.text !== (text === ')' ? '(' : '[')) continue;
      closing[top] = i;
      open.pop();
    }
  }
  return closing;
}

function closeBrace(tokens: readonly Token[], open: number[], closing: Int32Array, at: number): void {
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    if (tokens[top]!.text !== '{') continue;
    closing[top] = at;
    return;
  }
}
