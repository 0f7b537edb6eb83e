import type { Fn } from '../vm/program.js';
import { VectorTable } from '../vm/vector-table.js';
import { type Cell, Region } from './cells.js';
import type { Fact } from './facts.js';
import type { Flow } from './flow.js';
import { settle } from './lock-call.js';
import { type Answer, type Held, ownFrame, type State } from './state.js';
import { constantName, isArgument, isTerm, type Term, type Value } from './term.js';
import { Words } from './words.js';

/** A scalar in memory that can be read again, or an answer that can be given again. */
interface Recalled<T> {
  readonly key: T extends Cell ? number : string;
  readonly what: T;
  told: boolean;
}

interface RecalledRegion {
  readonly id: number;
  readonly region: Region;
  readonly cells: Recalled<Cell>[];
}

/**
 * Forgets on a path what can make no difference any more, and numbers what is left: paths that get the same number
 * go on alike. What is left is written as words.
 */
export class Condenser {
  private conditions = new VectorTable();
  private readonly learned = new VectorTable();
  private readonly words = new Words();
  private state!: State;

  constructor(
    private readonly flowOf: (fn: Fn) => Flow,
    private readonly isAskedAgain: (bare: number) => boolean,
  ) {}

  forgetAll(): void {
    this.conditions = new VectorTable();
  }

  condense(state: State): number {
    settle(state);
    this.state = state;
    this.words.begin();
    this.noteFactual();
    for (let depth = 0; depth < state.frames.length; depth++) this.frame(depth);
    this.words.put(state.held.length);
    for (const held of state.held) this.lock(held);
    state.past = state.past
      .filter((past) => !isTerm(past.lock) || this.isKnown(past.lock))
      .map((past) => this.settled(past));
    this.words.put(state.past.length);
    for (const past of state.past) this.lock(past);
    this.marks();
    const live = this.words.symbols;
    this.memory();
    this.facts(live);
    return this.words.intern(this.conditions);
  }

  /** Symbols of what is known and asked about again. */
  private noteFactual(): void {
    for (const term of this.state.facts.all.keys()) {
      if (!this.isAskedAgain(term.bare)) continue;
      for (const symbol of term.symbols) symbol.notes.factual = this.words.round;
    }
  }

  private frame(depth: number): void {
    const { state } = this;
    let frame = state.frames[depth]!;
    const flow = this.flowOf(frame.fn);
    this.words.symbol(frame.base);
    this.words.put(frame.fn.id);
    this.words.put(frame.at);
    this.known(frame.locks ?? 0);
    const call = depth < state.frames.length - 1 ? frame.fn.code[frame.at - 1] : undefined;
    const written = call && 'd' in call ? call.d : -1;
    for (let n = 0; n < frame.registers.length; n++) {
      const old = frame.registers[n]!;
      const isLive = n !== written && flow.needs(frame.at, n);
      const now = isLive ? state.facts.known(old) : 0;
      if (now !== old) {
        frame = ownFrame(state, depth);
        frame.registers[n] = now;
      }
      if (isLive) this.words.value(now);
    }
  }

  /** What is known of an answer takes its place. */
  private settled(past: Held): Held {
    const { given } = past;
    return given ? { ...past, given: { ...given, value: this.state.facts.known(given.value) } } : past;
  }

  private lock({
    restores,
    by,
    family,
    mode,
    lock,
    args,
    whole = 0,
    given,
    through,
    doubtful,
    told,
    alias,
    serial,
  }: Held): void {
    const flags = (restores ? 1 : 0) | (mode === 'read' ? 2 : 0) | (doubtful ? 4 : 0) | (told ? 32 : 0);
    this.words.put(given ? flags | 8 | (given.nonzero ? 16 : 0) : flags);
    if (given) this.known(given.value);
    this.words.put(this.state.frames.findLastIndex((frame) => frame.serial <= serial));
    this.words.put(args.length);
    for (const arg of args) this.known(arg);
    this.known(whole);
    this.known(lock);
    this.words.name(by);
    this.words.name(family);
    this.words.name(`${through?.join() ?? ''};${alias ?? ''}`);
  }

  private marks(): void {
    const { marks, facts } = this.state;
    this.words.put(marks.size);
    if (marks.size === 0) return;
    for (const [name, value] of [...marks].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const now = facts.known(value);
      if (now !== value) marks.set(name, now);
      this.words.name(name);
      this.words.value(now);
    }
  }

  /** Cells and answers that can be read again, until no more are found. */
  private memory(): void {
    this.substitute();
    const { cells, answers } = this.state;
    const regions = [...cells.regions].map(([id, region]) => ({
      id,
      region,
      cells: region.sorted.map(([key, what]): Recalled<Cell> => ({ key, what, told: false })),
    }));
    const replies = [...answers].map(([key, what]): Recalled<Answer> => ({ key, what, told: false }));
    for (let news = true; news; ) {
      news = false;
      for (const one of regions) if (this.cells(one)) news = true;
      for (const one of replies) if (!one.told && this.reply(one)) news = true;
    }
    this.words.put(0);
    for (const { id, region, cells: all } of regions) {
      const kept = all.filter(({ told }) => told);
      if (kept.length === 0) cells.regions.delete(id);
      else if (kept.length < all.length)
        cells.regions.set(id, new Region(region.base, new Map(kept.map(({ key, what }) => [key, what]))));
    }
    for (const { key, told } of replies) if (!told) answers.delete(key);
  }

  private cells({ region: { base }, cells }: RecalledRegion): boolean {
    const isUsed = base === undefined || this.isKnown(base);
    if (!isUsed && !isArgument(base)) return false;
    let news = false;
    for (const one of cells) {
      if (one.told) continue;
      const { value, size, written, was } = one.what;
      if (!written && !(isUsed && this.matters(value, was))) continue;
      one.told = news = true;
      if (written && isTerm(value)) value.notes.live = this.words.round;
      this.words.put(base ? 1 : 2);
      if (base) this.known(base);
      this.words.number(one.key);
      this.words.put(size);
      this.words.value(value);
    }
    return news;
  }

  private reply(one: Recalled<Answer>): boolean {
    const { value, args, was } = one.what;
    if (!args.every((arg) => !isTerm(arg) || this.isKnown(arg)) || !this.matters(value, was)) return false;
    one.told = true;
    this.words.put(3);
    this.words.name(one.key.slice(0, one.key.indexOf(' ')));
    this.words.put(args.length);
    for (const arg of args) this.known(arg);
    this.words.value(value);
    return true;
  }

  /** What can be read again matters when it is in use, or is asked about more than once. */
  private matters(value: Value, was: number | undefined): boolean {
    if (!isTerm(value)) return was !== undefined && this.isAskedAgain(was);
    return this.words.isMet(value) || value.notes.factual === this.words.round;
  }

  /** What is known of a term takes its place everywhere: the term itself may then be forgotten. */
  private substitute(): void {
    const { facts, cells, answers } = this.state;
    for (const [id, { base, cells: all }] of cells.regions) {
      let now: Map<number, Cell> | undefined;
      for (const [at, cell] of all) {
        if (!isTerm(cell.value)) continue;
        const value = facts.known(cell.value);
        if (value === cell.value) continue;
        now ??= new Map(all);
        now.set(at, { ...cell, value, was: cell.value.bare });
      }
      if (now) cells.regions.set(id, new Region(base, now));
    }
    for (const [key, { value, args }] of answers) {
      if (!isTerm(value)) continue;
      const known = facts.known(value);
      if (known !== value) answers.set(key, { value: known, args, was: value.bare });
    }
  }

  /** In any order: each is written apart, and numbered. */
  private facts(live: number): void {
    const { all } = this.state.facts;
    const numbers: number[] = [];
    for (const [term, fact] of all) {
      if (!this.isWorthKnowing(term, live)) {
        all.delete(term);
        continue;
      }
      const number = this.words.apart(this.learned, () => {
        this.words.value(term);
        this.fact(fact);
      });
      numbers.push(number);
    }
    for (const number of numbers.sort((a, b) => a - b)) this.words.put(number);
  }

  private fact({ is, not, low, high, sound, found }: Fact): void {
    const given = [is, low, high].map((each) => (each === undefined ? 0 : 1));
    const flags = (sound ? 1 : 0) | (found ? 16 : 0);
    this.words.put(flags | (given[0]! << 1) | (given[1]! << 2) | (given[2]! << 3));
    for (const each of [is, low, high]) if (each !== undefined) this.words.number(each);
    for (const each of not) this.words.number(each);
  }

  /** What a caller decides tells two outcomes of a function apart, and stays known to the end. */
  private isWorthKnowing(term: Term, live: number): boolean {
    const { shape, notes } = term;
    const tested = shape.kind === 'binary' && shape.f === 'and' && !isTerm(shape.b) ? shape.a : term;
    if (isTerm(tested) && isArgument(tested)) return true;
    const isLive = notes.live === this.words.round || (this.words.isMet(term) && notes.number < live);
    if (!isLive && !this.isAskedAgain(term.bare)) return false;
    return this.isKnown(term);
  }

  /** Whether all symbols of a term were met, or are addresses of what is declared elsewhere, or constants from there. */
  private isKnown(term: Term): boolean {
    const { shape } = term;
    if (this.words.isMet(term)) return true;
    if (shape.kind === 'symbol') return shape.text.startsWith('&') || constantName(term) !== undefined;
    return term.symbols.every((symbol) => this.isKnown(symbol));
  }

  private known(value: Value): void {
    this.words.value(this.state.facts.known(value));
  }
}
