import type { Piece } from './piece.js';

const tokenPattern =
  /[A-Za-z_$][\w$]*|\.?\d[\w.]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\.\.\.|<<=|>>=|->|\+\+|--|<<|>>|[<>=!]=|&&|\|\||[-+*/%&^|]=|##|\S/y;

const headWord = /^(if|while|for|switch)$|for_?each/;

/**
 * Cuts C text, whole or a fragment that begins and ends anywhere, into pieces. Takes time linear in the text
 * and accepts any text.
 */
export function cut(text: string): Piece[] {
  return new Cutter(text).cut();
}

class Cutter {
  private readonly pieces: Piece[] = [];
  private pending: string[] = [];
  private start = 0;
  private end = 0;
  private at = 0;
  /** Brackets of every sort that are open inside of the pending piece. */
  private depth = 0;
  private commentEnds = true;

  constructor(private readonly text: string) {}

  cut(): Piece[] {
    while (this.skipBlank()) {
      if (this.text[this.at] === '#' && this.isFirstOfLine()) this.directive();
      else this.token();
    }
    this.flush('statement');
    return this.pieces;
  }

  private skipBlank(): boolean {
    for (; this.at < this.text.length; this.at++) {
      const two = this.text.slice(this.at, this.at + 2);
      if (two === '/*' && this.commentEnds) {
        const end = this.text.indexOf('*/', this.at + 2);
        this.commentEnds = end >= 0;
        this.at = end < 0 ? this.text.length : end + 1;
      } else if (two === '//') {
        const end = this.text.indexOf('\n', this.at);
        this.at = end < 0 ? this.text.length : end;
      } else if (!/\s/.test(two[0]!)) return true;
    }
    return false;
  }

  private isFirstOfLine(): boolean {
    const line = this.text.lastIndexOf('\n', this.at - 1) + 1;
    return this.text.slice(line, this.at).trim() === '';
  }

  private directive(): void {
    this.flush('statement');
    let end = this.text.indexOf('\n', this.at);
    while (end > 0 && this.text[end - 1] === '\\') end = this.text.indexOf('\n', end + 1);
    if (end < 0) end = this.text.length;
    const words = this.text.slice(this.at, end).replace(/\\\n/g, ' ').trim().split(/\s+/);
    this.add('directive', words, this.at, this.at + this.text.slice(this.at, end).trimEnd().length);
    this.at = end;
  }

  private token(): void {
    tokenPattern.lastIndex = this.at;
    const token = tokenPattern.exec(this.text)![0];
    const start = this.at;
    this.at += token.length;
    if (this.depth === 0 && this.ends(token, start)) return;
    if (this.pending.length === 0) this.start = start;
    this.pending.push(token);
    this.end = this.at;
    if (/^[([{]$/.test(token)) this.depth++;
    if (!/^[)\]}]$/.test(token)) return;
    this.depth = Math.max(0, this.depth - 1);
    if (token === ')' && this.depth === 0 && headWord.test(this.pending[0]!)) this.flush('head');
  }

  /** Whether the token, met outside of brackets, ends a piece or is one. */
  private ends(token: string, start: number): boolean {
    const last = this.pending.at(-1);
    if (token === ';') this.semicolon(start);
    else if (token === '{' && last !== '=') {
      this.flush(this.isMargin(this.start) && this.pending.includes('(') ? 'function' : 'statement');
      this.add('open', [token], start, this.at);
    } else if (token === '}') {
      this.flush('statement');
      this.add('close', [token], start, this.at);
    } else if (token === ':' && (this.pending.length === 1 || this.pending[0] === 'case')) {
      this.pending.push(token);
      this.end = this.at;
      this.flush('label');
    } else if ((token === 'else' || token === 'do') && last === undefined) {
      this.add('else', [token], start, this.at);
    } else return false;
    return true;
  }

  /** Behind the head of a loop it ends a `do`; behind a brace it belongs to a declaration. */
  private semicolon(start: number): void {
    const before = this.pieces.at(-1);
    if (this.pending.length === 0 && before !== undefined && /^(head|close)$/.test(before.kind)) {
      if (before.kind === 'head') before.kind = 'statement';
      before.end = this.at;
      return;
    }
    if (this.pending.length === 0) this.start = start;
    this.pending.push(';');
    this.end = this.at;
    this.flush('statement');
  }

  private flush(kind: Piece['kind']): void {
    if (this.pending.length > 0) this.add(kind, this.pending, this.start, this.end);
    this.pending = [];
    this.depth = 0;
  }

  private add(kind: Piece['kind'], tokens: string[], start: number, end: number): void {
    this.pieces.push({ kind, tokens, text: tokens.join(' '), margin: this.isMargin(start), start, end });
  }

  private isMargin(at: number): boolean {
    return at === 0 || this.text[at - 1] === '\n';
  }
}
