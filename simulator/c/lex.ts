import { readOwn } from './own-words.js';
import type { Problem, Token } from './token.js';
import { endToken } from './token.js';

const BLANK = 1;
const NAME_START = 2;
const NAME_PART = 4;
const DIGIT = 8;

/** What an ASCII character may be part of. */
const classes = new Uint8Array(128);
for (const blank of ' \t\r\n\f\v') classes[blank.charCodeAt(0)] = BLANK;
for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$') {
  classes[letter.charCodeAt(0)] = NAME_START | NAME_PART;
}
for (const digit of '0123456789') classes[digit.charCodeAt(0)] = NAME_PART | DIGIT;

const punctuators = new Set(
  '... <<= >>= -> ++ -- << >> <= >= == != && || += -= *= /= %= &= ^= |= ##'.split(' '),
);

const NEWLINE = 10;
const QUOTE = 34;
const APOSTROPHE = 39;
const STAR = 42;
const DOT = 46;
const SLASH = 47;
const BACKSLASH = 92;

/**
 * Cuts C text into tokens; comments become white space. Lines count from 1 and are those of the text as
 * given: spliced lines keep their numbers. Takes time linear in the text and accepts any text; a lone quote
 * is a token of its own, which only an active group of lines ever looks at. In a text of ours the `own` names
 * are read as names that no C can spell.
 */
export function lex(file: string, text: string, problems: Problem[], own?: ReadonlySet<string>): Token[] {
  const lexer = new Lexer(file, text, problems, own);
  while (lexer.skipBlank()) lexer.token();
  return lexer.tokens;
}

/** The token that follows the last one of `tokens`. */
export function endOf(file: string, tokens: readonly Token[]): Token {
  return endToken(file, tokens.length > 0 ? tokens[tokens.length - 1]!.line : 1);
}

/** Joins lines that end in a backslash and remembers at which places of the result lines were joined. */
function splice(text: string): { text: string; joints: number[] } {
  const joints: number[] = [];
  if (!text.includes('\\')) return { text, joints };
  let removed = 0;
  const joined = text.replace(/\\[ \t]*\r?\n/g, (match, offset: number) => {
    joints.push(offset - removed);
    removed += match.length;
    return '';
  });
  return { text: joined, joints };
}

class Lexer {
  readonly tokens: Token[] = [];
  private readonly text: string;
  private readonly joints: number[];
  private readonly words = new Map<string, string>();
  private joint = 0;
  private at = 0;
  private line = 1;
  private space = false;
  private openUntil = 0;
  private start = true;

  constructor(
    private readonly file: string,
    text: string,
    private readonly problems: Problem[],
    private readonly own: ReadonlySet<string> | undefined,
  ) {
    const spliced = splice(text);
    this.text = spliced.text;
    this.joints = spliced.joints;
  }

  /** Moves to the next token; false at the end of the text. */
  skipBlank(): boolean {
    this.space = false;
    const text = this.text;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (code === NEWLINE) this.newline();
      else if (code < 128 && classes[code] === BLANK) this.blank();
      else if (code === SLASH && text.charCodeAt(this.at + 1) === STAR) this.blockComment();
      else if (code === SLASH && text.charCodeAt(this.at + 1) === SLASH) this.lineComment();
      else return true;
    }
    return false;
  }

  token(): void {
    while (this.joint < this.joints.length && this.joints[this.joint]! <= this.at) {
      this.joint += 1;
      this.line += 1;
    }
    const code = this.text.charCodeAt(this.at);
    const type = code < 128 ? classes[code]! : 0;
    if (type & NAME_START) this.name();
    else if (type & DIGIT || (code === DOT && this.isDigit(this.at + 1))) this.number();
    else if (code === QUOTE) this.quoted('string', QUOTE);
    else if (code === APOSTROPHE) this.quoted('char', APOSTROPHE);
    else this.punctuator();
  }

  private newline(): void {
    this.at += 1;
    this.line += 1;
    this.start = true;
    this.space = false;
  }

  private blank(): void {
    this.at += 1;
    this.space = true;
  }

  /** A comment may cross lines without ending the directive it stands in. */
  private blockComment(): void {
    const found = this.text.indexOf('*/', this.at + 2);
    const end = found < 0 ? this.text.length : found + 2;
    if (found < 0) this.problems.push({ reason: 'comment without end', line: this.line });
    for (
      let at = this.text.indexOf('\n', this.at);
      at >= 0 && at < end;
      at = this.text.indexOf('\n', at + 1)
    ) {
      this.line += 1;
    }
    this.at = end;
    this.space = true;
  }

  private lineComment(): void {
    const found = this.text.indexOf('\n', this.at);
    this.at = found < 0 ? this.text.length : found;
    this.space = true;
  }

  private isDigit(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return code >= 48 && code <= 57;
  }

  private push(kind: Token['kind'], text: string, length = text.length): void {
    this.at += length;
    const { file, line, space, start } = this;
    this.tokens.push({ kind, text, file, line, space, start, hide: false });
    this.start = false;
  }

  /** Equal names share one string, so that later look-ups compare and hash it once. */
  private name(): void {
    let end = this.at + 1;
    while (classes[this.text.charCodeAt(end)]! & NAME_PART) end += 1;
    const text = this.text.slice(this.at, end);
    let word = this.words.get(text);
    if (word === undefined) {
      word = readOwn(text, this.own);
      this.words.set(text, word);
    }
    this.push('name', word, text.length);
  }

  private number(): void {
    let end = this.at + 1;
    for (;;) {
      const code = this.text.charCodeAt(end);
      const sign = code === 43 || code === 45;
      if (sign ? !this.isExponent(end - 1) : !(code < 128 && (code === DOT || classes[code]! & NAME_PART)))
        break;
      end += 1;
    }
    this.push('number', this.text.slice(this.at, end));
  }

  /** In `0x1e+2` the sign is an operator; in `1e+2` it belongs to the number. */
  private isExponent(at: number): boolean {
    const letter = this.text[at]!;
    const hexadecimal = /^0[xX]/.test(this.text.slice(this.at, this.at + 2));
    return hexadecimal ? letter === 'p' || letter === 'P' : letter === 'e' || letter === 'E';
  }

  /** A quote that nothing closes on its line makes all later ones there lone: the line is read only once. */
  private quoted(kind: 'string' | 'char', quote: number): void {
    const text = this.text;
    if (this.at < this.openUntil) {
      this.push('punctuator', text[this.at]!);
      return;
    }
    for (let end = this.at + 1; end < text.length; end += 1) {
      const code = text.charCodeAt(end);
      if (code === NEWLINE || end === text.length - 1) this.openUntil = end;
      if (code === NEWLINE) break;
      if (code === BACKSLASH) end += 1;
      else if (code === quote) {
        this.push(kind, text.slice(this.at, end + 1));
        return;
      }
    }
    this.push('punctuator', text[this.at]!);
  }

  private punctuator(): void {
    const three = this.text.slice(this.at, this.at + 3);
    if (punctuators.has(three)) this.push('punctuator', three);
    else if (punctuators.has(three.slice(0, 2))) this.push('punctuator', three.slice(0, 2));
    else this.push('punctuator', this.text[this.at]!);
  }
}
