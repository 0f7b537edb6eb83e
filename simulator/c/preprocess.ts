import { Computed, type Features } from './computed.js';
import { evaluateCondition } from './condition.js';
import { Expander, layered } from './expand.js';
import { functionsDefined } from './functions-defined.js';
import { kernelLoops } from './kernel-loops.js';
import { lex } from './lex.js';
import { defaultLimits, type Limits } from './limits.js';
import { Macros, readMacro } from './macro.js';
import { numberToken, type Problem, type Token } from './token.js';

export type { Features, Limits };
export { Macros };

export interface SourceText {
  file: string;
  text: string;
  /** Of a text that was written for this project: names that nobody else can say (own-words.ts). */
  own?: ReadonlySet<string>;
}

export interface PreprocessOptions {
  /** The table to start from; it is shared, not changed. */
  macros?: Macros;
  /** Overrides of the default configuration: `CONFIG_X` to `y`, `n` or a value. */
  config?: ReadonlyMap<string, string>;
  /** Undefined: the include is skipped, which is no problem. */
  include?: (name: string) => SourceText | undefined;
  features?: Features;
  limits?: Partial<Limits>;
  /** Takes down what of the text is in force, before any macro is expanded. */
  seen?: InForce;
}

/** The tokens of a text that no `#if` leaves out. */
export interface InForce {
  text: Set<Token>;
  directives: Token[][];
}

/** Lines of the source that a condition leaves out; the directives around them are counted with them. */
export interface LeftOut {
  from: number;
  to: number;
  /** As it stands there: `#ifdef CONFIG_X`, and for what its `#else` leaves out `#else of #ifdef CONFIG_X`. */
  condition: string;
}

/** Tokens ready for parse, without an end token; the table with what the source defined. */
export interface Preprocessed {
  tokens: Token[];
  macros: Macros;
  leftOut: LeftOut[];
  problems: Problem[];
}

/** Preprocesses one source. Never throws, whatever the text; what could not be read is a problem. */
export function preprocess(source: SourceText, options: PreprocessOptions): Preprocessed {
  return new Preprocessor(options).run(source);
}

/** An open `#if`: `taken` once one of its groups was. */
interface Group {
  taken: boolean;
  line: number;
  opening: readonly Token[];
}

class Preprocessor {
  private readonly problems: Problem[] = [];
  private readonly macros: Macros;
  private readonly limits: Limits;
  private readonly computed: Computed;
  private readonly expander: Expander;
  private readonly groups: Group[] = [];
  private readonly leftOut: LeftOut[] = [];
  private file = '';
  /** The directive that is being read. */
  private current: readonly Token[] = [];
  private readonly once = new Set<string>();
  private readonly directives = new Map<string, (rest: Token[], sharp: Token) => void>([
    ['define', (rest) => this.define(rest)],
    ['undef', (rest) => this.macros.remove(rest[0]?.text ?? '')],
    ['include', (rest, sharp) => this.include(rest, sharp)],
    ['include_next', (rest, sharp) => this.include(rest, sharp)],
    ['if', (rest, sharp) => this.begin(this.condition(rest, sharp), sharp)],
    ['ifdef', (rest, sharp) => this.begin(this.isDefined(rest[0]), sharp)],
    ['ifndef', (rest, sharp) => this.begin(!this.isDefined(rest[0]), sharp)],
    ['elif', (_rest, sharp) => this.afterTakenGroup(sharp)],
    ['elifdef', (_rest, sharp) => this.afterTakenGroup(sharp)],
    ['elifndef', (_rest, sharp) => this.afterTakenGroup(sharp)],
    ['else', (_rest, sharp) => this.afterTakenGroup(sharp)],
    ['endif', (_rest, sharp) => this.end(sharp)],
    ['error', (rest, sharp) => this.problem(`#error ${spelled(rest).slice(0, 100)}`, sharp.line)],
    ['pragma', (rest, sharp) => this.pragma(rest, sharp)],
    ['warning', () => {}],
    ['line', () => {}],
    ['ident', () => {}],
  ]);

  constructor(private readonly options: PreprocessOptions) {
    this.limits = { ...defaultLimits, ...options.limits };
    this.macros = options.macros?.copy() ?? new Macros();
    const lookup = layered(this.macros, kernelLoops());
    const isRemoved = (name: string) => this.macros.knows(name) && this.macros.get(name) === undefined;
    this.computed = new Computed({ features: options.features, config: options.config, lookup, isRemoved });
    this.expander = new Expander({
      lookup,
      isComputed: (name) => this.computed.has(name),
      compute: (name, argument) => this.computed.value(name, argument),
      directive: (sharp) => this.directive(sharp),
      limits: this.limits,
      problems: this.problems,
      seen: options.seen && ((token) => options.seen?.text.add(token)),
    });
  }

  run(source: SourceText): Preprocessed {
    const tokens: Token[] = [];
    this.file = source.file;
    for (const name of this.givingWay(source, this.open(source, 0))) this.macros.remove(name);
    for (let token = this.expander.next(); token.kind !== 'end'; token = this.expander.next())
      tokens.push(token);
    for (const group of this.groups) this.problem('#if without #endif', group.line);
    const problems = this.problems.slice(0, this.limits.problems);
    return { tokens, macros: this.macros, leftOut: this.leftOut, problems };
  }

  /** Macros that give way to functions of the source: to those that it has, and not to text that is left out. */
  private givingWay(source: SourceText, functions: readonly string[]): string[] {
    const macros = functions.filter((name) => this.macros.get(name) !== undefined);
    if (macros.length === 0 || this.options.seen) return [];
    const { include: _, ...options } = this.options;
    const seen: InForce = { text: new Set(), directives: [] };
    new Preprocessor({ ...options, seen }).run(source);
    const defined = new Set(functionsDefined([...seen.text]));
    return macros.filter((name) => defined.has(name));
  }

  /** Reads the source next; gives the names of the functions in it. */
  private open(source: SourceText, line: number): string[] {
    const refused = refuse(source.text, this.limits);
    if (refused !== undefined) {
      this.problem(`${source.file}: ${refused}`, line);
      return [];
    }
    const tokens = lex(source.file, source.text, this.problems, source.own);
    this.expander.pushSource(tokens);
    return functionsDefined(tokens);
  }

  private problem(reason: string, line: number): void {
    if (this.problems.length < this.limits.problems) this.problems.push({ reason, line });
  }

  private directive(sharp: Token): void {
    const line = this.expander.takeLine();
    this.options.seen?.directives.push(line);
    const word = line[0];
    if (word === undefined || word.kind === 'number') return;
    this.current = line;
    const act = this.directives.get(word.text);
    if (act) act(line.slice(1), sharp);
    else this.problem(`unknown directive #${word.text.slice(0, 40)}`, sharp.line);
  }

  private define(line: Token[]): void {
    const macro = readMacro(line, this.problems);
    if (macro) this.macros.define(macro);
  }

  private pragma(line: Token[], sharp: Token): void {
    if (line[0]?.text === 'once') this.once.add(sharp.file);
  }

  private include(line: Token[], sharp: Token): void {
    const name = includeName(line) ?? includeName(this.expander.expandAll(line));
    const source = name === undefined ? undefined : this.options.include?.(name);
    if (name === undefined) this.problem('unreadable #include', sharp.line);
    else if (source === undefined || this.once.has(source.file)) return;
    else if (this.expander.sources() <= this.limits.includeDepth) this.open(source, sharp.line);
    else this.problem(`#include nested over the limit at ${name.slice(0, 80)}`, sharp.line);
  }

  private isDefined(name: Token | undefined): boolean {
    if (name === undefined) return false;
    return this.macros.knows(name.text)
      ? this.macros.get(name.text) !== undefined
      : this.computed.isDefined(name.text);
  }

  /** An unreadable condition is false, and a problem. */
  private condition(line: readonly Token[], sharp: Token): boolean {
    const value = evaluateCondition(this.expander.expandAll(this.replaceDefined(line)));
    if (typeof value === 'bigint') return value !== 0n;
    this.problem(value.reason, sharp.line);
    return false;
  }

  /** `defined X` and `defined(X)` become 0 or 1 before X could be expanded. */
  private replaceDefined(line: readonly Token[]): Token[] {
    const out: Token[] = [];
    for (let at = 0; at < line.length; at += 1) {
      const token = line[at]!;
      if (token.text !== 'defined') {
        out.push(token);
        continue;
      }
      const bracket = line[at + 1]?.text === '(';
      out.push(numberToken(Number(this.isDefined(line[at + (bracket ? 2 : 1)])), token));
      at += bracket ? 3 : 1;
    }
    return out;
  }

  private begin(taken: boolean, sharp: Token): void {
    this.groups.push({ taken, line: sharp.line, opening: this.current });
    if (!taken) this.skip(sharp);
  }

  /** Skips groups until one is taken or the `#endif` is passed. */
  private skip(sharp: Token): void {
    for (let from = sharp.line; ; ) {
      const group = this.groups[this.groups.length - 1]!;
      if (!this.expander.skipGroup()) {
        this.groups.pop();
        this.problem('#if without #endif', group.line);
        return;
      }
      const line = this.expander.takeDirective();
      const word = line[0]!.text;
      if (sharp.file === this.file) this.leave(from, line[0]!.line, group);
      from = line[0]!.line;
      if (word === 'endif') {
        this.groups.pop();
        return;
      }
      if (!group.taken && this.takesElse(word, line.slice(1), sharp)) {
        group.taken = true;
        return;
      }
    }
  }

  private leave(from: number, to: number, { line, opening }: Group): void {
    const condition = `#${spelled(opening)}`.slice(0, 100);
    this.leftOut.push({ from, to, condition: from === line ? condition : `#else of ${condition}` });
  }

  private takesElse(word: string, rest: readonly Token[], sharp: Token): boolean {
    if (word === 'else') return true;
    if (word === 'elif') return this.condition(rest, sharp);
    return this.isDefined(rest[0]) === (word === 'elifdef');
  }

  private afterTakenGroup(sharp: Token): void {
    if (this.groups.length === 0) this.problem('#else without #if', sharp.line);
    else this.skip(sharp);
  }

  private end(sharp: Token): void {
    if (this.groups.pop() === undefined) this.problem('#endif without #if', sharp.line);
  }
}

function includeName(line: readonly Token[]): string | undefined {
  const first = line[0];
  if (first?.kind === 'string') return first.text.slice(1, -1);
  const close = line.findIndex((token) => token.text === '>');
  if (first?.text !== '<' || close < 0) return undefined;
  return spelled(line.slice(1, close)).replaceAll(' ', '');
}

function spelled(tokens: readonly Token[]): string {
  return tokens.map((token) => token.text).join(' ');
}

/** Why a text is too large to be read; undefined when it is not. */
function refuse(text: string, limits: Limits): string | undefined {
  if (text.length > limits.fileLength) return `longer than ${limits.fileLength} characters`;
  for (let from = 0, line = 1; from < text.length; line += 1) {
    const found = text.indexOf('\n', from);
    const end = found < 0 ? text.length : found;
    if (end - from > limits.lineLength) return `line ${line} is longer than ${limits.lineLength} characters`;
    from = end + 1;
  }
  return undefined;
}
