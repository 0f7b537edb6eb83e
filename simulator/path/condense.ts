import { isPrivate } from './cells.js';
import type { Fact } from './facts.js';
import type { Flow } from './flow.js';
import { settle } from './lock-call.js';
import type { Frame, Held, State } from './state.js';
import { isTerm, type Term, type Value } from './term.js';

/**
 * Forgets what can make no difference any more, and writes down the rest such that two paths with the same
 * text go on alike. Symbols are numbered in the order in which they are met.
 */
export function condense(
  state: State,
  flowOf: (frame: Frame) => Flow,
  isAskedAgain: (bare: number) => boolean,
): string {
  settle(state);
  return new Writer(state, flowOf, isAskedAgain).write();
}

class Writer {
  private readonly numbers = new Map<Term, number>();
  private readonly parts: string[] = [];
  private readonly factual: ReadonlySet<Term>;
  /** Terms of which everything that is known may still matter: who has the function's result may ask. */
  private readonly live = new Set<Term>();

  constructor(
    private readonly state: State,
    private readonly flowOf: (frame: Frame) => Flow,
    private readonly isAskedAgain: (bare: number) => boolean,
  ) {
    this.factual = new Set(
      [...state.facts.all.keys()].filter(({ bare }) => isAskedAgain(bare)).flatMap(symbolsOf),
    );
  }

  write(): string {
    for (const [depth, frame] of this.state.frames.entries()) this.frame(frame, depth);
    for (const held of this.state.held) this.lock('h', held);
    this.state.past = this.state.past.filter((past) => !isTerm(past.lock) || this.isKnown(past.lock));
    for (const past of this.state.past) this.lock('p', past);
    for (const [name, value] of [...this.state.marks].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const known = this.state.facts.known(value);
      this.state.marks.set(name, known);
      this.parts.push(`m ${name} ${this.text(known)}`);
    }
    for (const term of this.numbers.keys()) this.live.add(term);
    this.memory();
    this.facts();
    return this.parts.join('\n');
  }

  private frame(frame: Frame, depth: number): void {
    const flow = this.flowOf(frame);
    this.number(frame.base);
    const inner = depth < this.state.frames.length - 1;
    const call = inner ? frame.fn.code[frame.at - 1] : undefined;
    const written = call && 'd' in call ? call.d : -1;
    const live: string[] = [];
    for (let n = 0; n < frame.registers.length; n++) {
      if (n === written || !flow.needs(frame.at, n)) {
        frame.registers[n] = 0;
        continue;
      }
      const value = this.state.facts.known(frame.registers[n] as Value);
      frame.registers[n] = value;
      live.push(`${n}=${this.text(value)}`);
    }
    this.parts.push(`f ${frame.fn.id} ${frame.at} ${live.join(' ')}`);
  }

  private lock(kind: string, held: Held): void {
    const given = held.given ? `${this.text(held.given.value)} ${held.given.nonzero}` : '';
    const args = held.args.map((arg) => this.text(arg)).join(' ');
    this.parts.push(
      `${kind}${held.restores ?? ''} ${held.by} ${held.family} ${held.mode} ${this.text(held.lock)} (${args}) ${given} ${held.through?.join(',') ?? ''} ${held.doubtful ?? ''}`,
    );
  }

  /** Cells and answers that can be read again, until no more are found. */
  private memory(): void {
    const { regions } = this.state.cells;
    const told = new Set<string>();
    this.substitute();
    for (let before = -1; before !== this.numbers.size + told.size; ) {
      before = this.numbers.size + told.size;
      for (const [id, { base, cells }] of regions) {
        const isUsed = base === undefined || this.isKnown(base);
        if (!isUsed && !isArgument(base)) continue;
        for (const [at, { value, size, written, was }] of [...cells].sort(([a], [b]) => a - b)) {
          const matters = written || (isUsed && this.matters(value, was));
          if (!matters || told.has(`${id} ${at}`)) continue;
          told.add(`${id} ${at}`);
          if (written && isTerm(value)) this.live.add(value);
          this.parts.push(`c ${base ? this.text(base) : ''} ${at} ${size} ${this.text(value)}`);
        }
      }
      for (const [key, { value, args, was }] of this.state.answers) {
        if (told.has(key) || !args.every((arg) => !isTerm(arg) || this.isKnown(arg))) continue;
        if (!this.matters(value, was)) continue;
        told.add(key);
        const name = key.slice(0, key.indexOf(' '));
        this.parts.push(`a ${name} ${args.map((arg) => this.text(arg)).join(' ')} = ${this.text(value)}`);
      }
    }
    this.forget(told);
  }

  /** What can be read again matters when it is in use, or is asked about more than once. */
  private matters(value: Value, was: number | undefined): boolean {
    if (!isTerm(value)) return was !== undefined && this.isAskedAgain(was);
    return this.numbers.has(value) || this.factual.has(value);
  }

  /** What is known of a term takes its place everywhere: the term itself may then be forgotten. */
  private substitute(): void {
    const { facts, cells, answers } = this.state;
    for (const [id, { base, cells: all }] of cells.regions) {
      const changed = [...all].some(([, { value }]) => facts.known(value) !== value);
      if (!changed) continue;
      const now = [...all].map(([at, cell]) => {
        const value = facts.known(cell.value);
        if (value === cell.value || !isTerm(cell.value)) return [at, cell] as const;
        return [at, { ...cell, value, was: cell.value.bare }] as const;
      });
      cells.regions.set(id, { base, cells: new Map(now) });
    }
    for (const [key, { value, args }] of answers) {
      const known = facts.known(value);
      if (known !== value && isTerm(value)) answers.set(key, { value: known, args, was: value.bare });
    }
  }

  private forget(told: ReadonlySet<string>): void {
    const { regions } = this.state.cells;
    for (const [id, { base, cells }] of regions) {
      const kept = [...cells].filter(([at]) => told.has(`${id} ${at}`));
      if (kept.length === 0) regions.delete(id);
      else if (kept.length < cells.size) regions.set(id, { base, cells: new Map(kept) });
    }
    for (const key of this.state.answers.keys()) if (!told.has(key)) this.state.answers.delete(key);
  }

  private facts(): void {
    const lines: string[] = [];
    for (const [term, fact] of this.state.facts.all) {
      if (this.isWorthKnowing(term)) lines.push(`${this.text(term, false)} ${factText(fact)}`);
      else this.state.facts.all.delete(term);
    }
    this.parts.push(...lines.sort());
  }

  /** What a caller decides tells two outcomes of a function apart, and stays known to the end. */
  private isWorthKnowing(term: Term): boolean {
    const { shape } = term;
    const tested = shape.kind === 'binary' && shape.f === 'and' && !isTerm(shape.b) ? shape.a : term;
    if (isTerm(tested) && isArgument(tested)) return true;
    if (!this.live.has(term) && !this.isAskedAgain(term.bare)) return false;
    return symbolsOf(term).every((symbol) => this.isKnown(symbol));
  }

  private isKnown(term: Term): boolean {
    if (this.numbers.has(term)) return true;
    const { shape } = term;
    if (shape.kind === 'symbol') return shape.text.startsWith('&');
    return symbolsOf(term).every((symbol) => this.isKnown(symbol));
  }

  private number(term: Term): string {
    const known = this.numbers.get(term);
    if (known !== undefined) return `$${known}`;
    this.numbers.set(term, this.numbers.size);
    const name = isPrivate(term) ? '' : `:${term.bare}`;
    return `$${this.numbers.size - 1}${name}`;
  }

  /** The value in letters; what is known of a term stands for it, when `known`. */
  private text(value: Value, known = true): string {
    const now = known ? this.state.facts.known(value) : value;
    if (!isTerm(now)) return `${now}`;
    const { shape } = now;
    switch (shape.kind) {
      case 'symbol':
        return this.number(now);
      case 'offset':
        return `${this.text(shape.base, known)}+${shape.by}`;
      case 'binary': {
        const sign = shape.signed ? 's' : 'u';
        return `(${this.text(shape.a, known)} ${shape.f}${shape.width}${sign} ${this.text(shape.b, known)})`;
      }
      case 'unary':
        return `${shape.f}${shape.width}(${this.text(shape.a, known)})`;
      case 'convert':
        return `${shape.to}(${this.text(shape.a, known)})`;
    }
  }
}

const symbols = new WeakMap<Term, Term[]>();

/** The symbols that a term is computed from. */
export function symbolsOf(term: Term): Term[] {
  const known = symbols.get(term);
  if (known) return known;
  const { shape } = term;
  const parts: Value[] =
    shape.kind === 'symbol'
      ? []
      : shape.kind === 'offset'
        ? [shape.base]
        : shape.kind === 'binary'
          ? [shape.a, shape.b]
          : [shape.a];
  const all = shape.kind === 'symbol' ? [term] : [...new Set(parts.filter(isTerm).flatMap(symbolsOf))];
  symbols.set(term, all);
  return all;
}

function factText({ is, not, low, high, sound }: Fact): string {
  return `${sound ? 's' : ''}${is ?? ''}|${not.join(',')}|${low ?? ''}|${high ?? ''}`;
}

export function isArgument({ shape }: Term): boolean {
  return shape.kind === 'symbol' && shape.text.startsWith('argument ');
}
