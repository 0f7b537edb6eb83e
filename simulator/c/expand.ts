import { endOf } from './lex.js';
import type { Limits } from './limits.js';
import type { Macro, Macros } from './macro.js';
import { type Argument, substitute } from './substitute.js';
import type { Problem, Token } from './token.js';

/** Tokens being read. A macro must not be expanded again while its frame is on the stack. */
interface Frame {
  tokens: readonly Token[];
  at: number;
  /** Of an expansion: its macro. */
  macro: Macro | undefined;
  /** A barrier ends the reading (an argument expanded for itself); a source may hold directives. */
  kind: 'source' | 'expansion' | 'barrier';
}

/** What the expander asks of its owner. */
export interface ExpandOptions {
  /** The macro of a name, whatever table it comes from. */
  lookup(name: string): Macro | undefined;
  /** Names whose value is computed: `IS_ENABLED(x)`, `__LINE__`. */
  isComputed(name: string): boolean;
  /** `argument` reads the one in brackets, unexpanded. Undefined: the name stands for itself. */
  compute(name: Token, argument: () => Token[] | undefined): Token[] | undefined;
  /** A `#` at the start of a line of a source: reads the directive with `takeLine`. */
  directive(sharp: Token): void;
  limits: Limits;
  problems: Problem[];
  /** Told every token of a source that is in force, outside of directives; some twice. */
  seen?: ((token: Token) => void) | undefined;
}

/** Reads tokens and expands macros as it goes: a stack of frames, as C compilers do it. */
export class Expander {
  private readonly frames: Frame[] = [];
  private readonly active = new Set<Macro>();
  private produced = 0;
  private exhausted = false;
  private depth = 0;
  /** The macro used in the source itself whose expansion is under way. */
  private outermost = '';
  private last: Token | undefined;

  constructor(private readonly options: ExpandOptions) {}

  pushSource(tokens: readonly Token[]): void {
    this.frames.push({ tokens, at: 0, macro: undefined, kind: 'source' });
  }

  /** The next token with macros expanded; kind `end` when there are no more. */
  next(): Token {
    for (;;) {
      const token = this.read();
      if (token.kind !== 'name' || token.hide) return token;
      if (this.exhausted) return this.mayExpand(token) ? unusable(token) : token;
      const macro = this.options.lookup(token.text);
      if (macro === undefined) {
        if (!this.options.isComputed(token.text)) return token;
        const computed = this.options.compute(token, () => this.operatorArgument());
        if (computed === undefined) return token;
        this.enter(computed, undefined);
      } else if (this.active.has(macro)) return { ...token, hide: true };
      else {
        const instead = this.expand(macro, token);
        if (instead) return instead;
      }
    }
  }

  /** All of `tokens`, expanded for themselves. */
  expandAll(tokens: readonly Token[]): Token[] {
    if (!tokens.some((token) => this.mayExpand(token))) return [...tokens];
    if (this.depth >= this.options.limits.macroDepth) {
      this.exhaust('macro arguments nested over the limit');
      return tokens.map((token) => (this.mayExpand(token) ? unusable(token) : token));
    }
    const { length } = this.frames;
    this.depth += 1;
    this.frames.push({ tokens, at: 0, macro: undefined, kind: 'barrier' });
    const out: Token[] = [];
    for (let token = this.next(); token.kind !== 'end'; token = this.next()) out.push(token);
    while (this.frames.length > length) this.leave();
    this.depth -= 1;
    return out;
  }

  /** The rest of the directive's line. */
  takeLine(): Token[] {
    const frame = this.frames[this.frames.length - 1]!;
    const from = frame.at;
    while (frame.at < frame.tokens.length && !frame.tokens[frame.at]!.start) frame.at += 1;
    return frame.tokens.slice(from, frame.at);
  }

  /** The directive at which `skipGroup` stopped, from its word on. */
  takeDirective(): Token[] {
    this.frames[this.frames.length - 1]!.at += 1;
    return this.takeLine();
  }

  /** Skips to the directive `#if`, `#elif`, `#else`, `#endif` that ends a group not taken; false: there is none. */
  skipGroup(): boolean {
    const frame = this.frames[this.frames.length - 1]!;
    let depth = 0;
    for (; frame.at < frame.tokens.length; frame.at += 1) {
      const token = frame.tokens[frame.at]!;
      if (!token.start || token.text !== '#') continue;
      const word = frame.tokens[frame.at + 1];
      if (word === undefined || word.start) continue;
      if (word.text === 'if' || word.text === 'ifdef' || word.text === 'ifndef') depth += 1;
      else if (depth === 0 && /^(elif|else|endif|elifdef|elifndef)$/.test(word.text)) return true;
      else if (word.text === 'endif') depth -= 1;
    }
    return false;
  }

  /** How many sources are open: 1 in the file itself. */
  sources(): number {
    return this.frames.reduce((count, frame) => count + (frame.kind === 'source' ? 1 : 0), 0);
  }

  /** The next token, unexpanded. Directives act where they are met. */
  private read(): Token {
    for (;;) {
      const frame = this.frames[this.frames.length - 1];
      if (frame === undefined) return this.end();
      if (frame.at < frame.tokens.length) {
        const token = frame.tokens[frame.at]!;
        frame.at += 1;
        if (token.start && token.text === '#' && frame.kind === 'source') this.options.directive(token);
        else {
          if (frame.kind === 'source') this.options.seen?.(token);
          this.last = token;
          return token;
        }
      } else if (frame.kind === 'barrier') return this.end();
      else this.leave();
    }
  }

  private end(): Token {
    return endOf(this.last?.file ?? '', this.last ? [this.last] : []);
  }

  /** Puts back the token that `read` gave last. */
  private unread(token: Token): void {
    if (token.kind !== 'end') this.frames[this.frames.length - 1]!.at -= 1;
  }

  private enter(tokens: readonly Token[], macro: Macro | undefined): void {
    this.frames.push({ tokens, at: 0, macro, kind: 'expansion' });
    if (macro) this.active.add(macro);
  }

  private leave(): void {
    const frame = this.frames.pop();
    if (frame?.macro) this.active.delete(frame.macro);
  }

  private mayExpand(token: Token): boolean {
    if (token.kind !== 'name' || token.hide) return false;
    return this.options.isComputed(token.text) || this.options.lookup(token.text) !== undefined;
  }

  /** Begins the expansion, or gives the token in its place: the name itself when no arguments follow. */
  private expand(macro: Macro, name: Token): Token | undefined {
    const inSource = this.frames[this.frames.length - 1]!.kind === 'source';
    if (inSource) this.outermost = macro.name;
    const read = macro.parameters === undefined ? [] : this.readArguments(macro, name);
    if (read === undefined) return name;
    if (read === 'entered') return undefined;
    const room = this.options.limits.macroTokens - this.produced;
    const tokens = read === 'unreadable' ? undefined : substitute(macro, read, name, room);
    if (read !== 'unreadable') this.spend(tokens ? tokens.length + 1 : room + 1);
    if (tokens === undefined) return unusable(name);
    this.enter(tokens, macro);
    return undefined;
  }

  private spend(tokens: number): void {
    this.produced += tokens;
    if (this.produced > this.options.limits.macroTokens) this.exhaust('macro growth over the limit');
  }

  /** From here on no macro is expanded: their names become tokens that nothing can be parsed from. */
  private exhaust(reason: string): void {
    if (!this.exhausted) {
      this.options.problems.push({ reason: `${reason} in ${this.outermost}`, line: this.last?.line ?? 0 });
    }
    this.exhausted = true;
  }

  private readArguments(macro: Macro, name: Token): Argument[] | 'entered' | 'unreadable' | undefined {
    const read = this.collect(macro.variadic ? macro.parameters!.length - 1 : Infinity);
    if (!Array.isArray(read)) return read;
    const wanted = macro.parameters!.length;
    if (wanted === 0 && read.length === 1 && read[0]!.length === 0) read.pop();
    if (macro.variadic && read.length === wanted - 1) read.push([]);
    if (read.length === wanted) return read.map((raw) => this.argument(raw));
    this.enter(this.asCall(name, read), undefined);
    return 'entered';
  }

  /**
   * With a number of arguments that the macro does not take, the name is a call: the kernel's interfaces
   * change, and a function that takes as many may exist.
   */
  private asCall(name: Token, args: Token[][]): Token[] {
    const mark = (text: string): Token => ({ ...name, kind: 'punctuator', text, start: false });
    const tokens: Token[] = [{ ...name, hide: true }, mark('(')];
    args.forEach((arg, i) => {
      if (i > 0) tokens.push(mark(','));
      for (const token of arg) tokens.push(token);
    });
    tokens.push(mark(')'));
    return tokens;
  }

  private argument(raw: Token[]): Argument {
    let expanded: Token[] | undefined;
    return {
      raw,
      expanded: () => {
        expanded ??= this.expandAll(raw);
        return expanded;
      },
    };
  }

  /** `( a, b )` after a name; commas from the `most`th on belong to the last argument. Undefined: no `(`. */
  private collect(most: number): Token[][] | 'unreadable' | undefined {
    const open = this.read();
    if (open.text !== '(') {
      this.unread(open);
      return undefined;
    }
    const args: Token[][] = [[]];
    for (let depth = 1, count = 1; ; count += 1) {
      const token = this.painted(this.read());
      if (token.kind === 'end' || endsFunction(token)) {
        this.unread(token);
        return this.unclosed(open, count);
      }
      if (token.text === '(') depth += 1;
      else if (token.text === ')' && --depth === 0) {
        this.spend(count);
        return args;
      }
      if (token.text === ',' && depth === 1 && args.length <= most) args.push([]);
      else args[args.length - 1]!.push(token);
    }
  }

  /** The arguments are lost, and counted so that a file full of open brackets stays cheap. */
  private unclosed(open: Token, count: number): 'unreadable' {
    this.options.problems.push({ reason: 'macro arguments without closing bracket', line: open.line });
    this.spend(count);
    return 'unreadable';
  }

  private operatorArgument(): Token[] | undefined {
    const args = this.collect(0);
    return Array.isArray(args) ? args[0] : undefined;
  }

  private painted(token: Token): Token {
    if (token.kind !== 'name' || token.hide) return token;
    const macro = this.options.lookup(token.text);
    return macro && this.active.has(macro) ? { ...token, hide: true } : token;
  }
}

/** What stands for a macro that could not be expanded: it fits nowhere, so its function is broken. */
function unusable(name: Token): Token {
  return { ...name, kind: 'punctuator', text: `unusable macro ${name.text}` };
}

/** A closing brace at the left margin: no argument goes on past it, however many brackets are missing. */
function endsFunction(token: Token): boolean {
  return token.text === '}' && token.start && !token.space;
}

/** A table's look-up with a second table behind it, for names the first says nothing about. */
export function layered(first: Macros, second: Macros): (name: string) => Macro | undefined {
  return (name) => first.get(name) ?? (first.knows(name) ? undefined : second.get(name));
}
