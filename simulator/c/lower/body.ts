import type { Instruction, Operand } from '../../vm/program.js';
import { smallest } from '../../vm/wide.js';
import type { Expression } from '../ast.js';
import { Failure } from '../failure.js';
import { roundUp } from '../layout.js';
import { Scope } from '../scope.js';
import type { FunctionSymbol, Linkable } from '../symbol.js';
import { canonical, scalarOf, scalarSize, type Type } from '../type.js';
import type { UnitScope } from '../unit-scope.js';
import type { Storage, Value } from './place.js';

/** Registers from here on are temporaries; `finish` puts them behind the locals. */
export const firstTemporary = 1 << 20;

const limits = { instructions: 200_000, registers: 20_000, frame: 0x8000, depth: 500 };

/** An instruction before its line is set; its targets are labels. */
type WithoutLine<T> = T extends unknown ? Omit<T, 'line'> : never;
export type Draft = WithoutLine<Instruction>;

/** A variable with a cleanup attribute, and those of the scopes around it. */
export interface Cleanup {
  outer: Cleanup | undefined;
  offset: number;
  type: Type;
  callee: string;
}

export interface Label {
  id: number;
  cleanup: Cleanup | undefined;
  bound: boolean;
}

/** A barrier, or an access of a kind that has an order or happens once: by its name. */
export interface Order {
  name: string;
  at: number;
}

/** The labels that a function or a statement expression declares. */
export interface LabelScope {
  outer: LabelScope | undefined;
  labels: Map<string, Label>;
}

/** Where `break` or `continue` goes, and up to which cleanup scopes are left. */
export interface Exit {
  label: number;
  cleanup: Cleanup | undefined;
}

export interface SwitchTarget {
  cases: { from: bigint; to: bigint; label: number }[];
  /** Cases of an open session that are names from elsewhere. */
  named: { value: Extract<Expression, { kind: 'name' }>; label: number }[];
  otherwise: number | undefined;
  /** The value of some case is not known. */
  unsure: boolean;
  type: Type;
}

/** A constant before linking: a word, or the address of something plus an offset. */
export type Pooled = bigint | { base: Linkable; offset: bigint };

/** Pooled constants are 64-bit values: the smallest ints are others as such, and must be computed. */
export function isPlainWord(word: bigint, type: Type): boolean {
  return scalarSize(scalarOf(type)) === 8 || word >= BigInt(smallest);
}

/** The code of one function in the making. */
export class Body {
  readonly code: Instruction[] = [];
  /** Instruction index of each label, -1 while it is not bound. */
  readonly labels: number[] = [];
  readonly names: (string | undefined)[] = [];
  readonly pool: Pooled[] = [];
  readonly callees: FunctionSymbol[] = [];
  temporaries = 0;
  frame = 0;
  readonly objects: number[] = [];
  line = 0;
  cleanup: Cleanup | undefined;
  breakExit: Exit | undefined;
  continueExit: Exit | undefined;
  switchTarget: SwitchTarget | undefined;
  labelScope: LabelScope = { outer: undefined, labels: new Map() };
  /** Jumps that are statements of their own: goto, break and continue. */
  readonly written = new Set<Instruction>();
  /** Code that is put behind the function: cleanups on the way of a goto. */
  readonly stubs: (() => void)[] = [];
  /** What orders accesses to memory, with the place in the code that it stands before. */
  readonly orders: Order[] = [];
  readonly problems: { line: number; reason: string }[] = [];
  /** The result's address, when a struct is returned. */
  resultAddress: number | undefined;
  private readonly poolIndex = new Map<string | Linkable, Map<bigint, number>>();
  private depth = 0;
  private used = 0;
  private lastBound = -1;

  constructor(
    readonly symbol: FunctionSymbol,
    public scope: Scope,
    /** Names of locals whose address is taken: they live in memory. */
    readonly addressed: ReadonlySet<string>,
  ) {}

  get unit(): UnitScope {
    return this.scope.unit;
  }

  emit(draft: Draft): void {
    if (this.code.length >= limits.instructions) throw new Failure('more than 200000 instructions');
    this.code.push({ ...draft, line: this.line } as Instruction);
  }

  /** An instruction with a result, in a new temporary. */
  compute(make: (d: number) => Draft): Operand {
    const d = this.temporary();
    this.emit(make(d));
    return d;
  }

  guess(reason: string): void {
    this.emit({ op: 'guess', reason });
  }

  temporary(): number {
    const register = firstTemporary + this.used++;
    this.temporaries = Math.max(this.temporaries, this.used);
    if (this.used > limits.registers) throw new Failure('too many temporaries');
    return register;
  }

  /** Temporaries are used stack-like: `release` gives back what was taken since `mark`. */
  mark(): number {
    return this.used;
  }

  release(mark: number): void {
    this.used = mark;
  }

  /** Whether an operand is the youngest temporary, which may then be overwritten in place. */
  isTop(operand: Operand): boolean {
    return operand === firstTemporary + this.used - 1;
  }

  register(name: string | undefined): number {
    if (this.names.length >= limits.registers) throw new Failure('too many local variables');
    this.names.push(name);
    return this.names.length - 1;
  }

  allocate(size: number, align: number): Extract<Storage, { at: 'frame' }> {
    const offset = roundUp(this.frame, Math.max(1, align));
    this.frame = offset + Math.max(1, size);
    this.objects.push(offset);
    if (this.frame > limits.frame) throw new Failure('more than 32 KiB of local variables');
    return { at: 'frame', offset };
  }

  newLabel(): number {
    this.labels.push(-1);
    return this.labels.length - 1;
  }

  bind(label: number): void {
    this.labels[label] = this.code.length;
    this.lastBound = this.code.length;
  }

  jump(label: number): void {
    this.emit({ op: 'jump', to: label });
  }

  /** A jump that somebody wrote as a statement. */
  jumpAsWritten(label: number): void {
    this.jump(label);
    this.written.add(this.code.at(-1)!);
  }

  branch(a: Operand, yes: number, no: number): void {
    // biome-ignore lint/suspicious/noThenProperty: the instruction's two ways are called so, and it is no promise.
    this.emit({ op: 'branch', a, then: yes, else: no });
  }

  /** The last instruction, unless something may jump to behind it. */
  get last(): Instruction | undefined {
    return this.lastBound === this.code.length ? undefined : this.code.at(-1);
  }

  constant(value: bigint, type: Type): Value {
    const word = canonical(value, scalarOf(type));
    if (!isPlainWord(word, type)) {
      const a = this.word(~word);
      const operand = this.compute((d) => ({ op: 'unary', f: 'not', width: 32, d, a }));
      return { operand, type, constant: value };
    }
    return { operand: this.word(word), type, constant: value };
  }

  /** A pooled constant that is already in the form of a register word. */
  word(value: bigint): Operand {
    return this.pooled(String(value), 0n, value);
  }

  address(base: Linkable, offset: bigint): Operand {
    return this.pooled(base, offset, { base, offset });
  }

  private pooled(key: string | Linkable, offset: bigint, entry: Pooled): Operand {
    let places = this.poolIndex.get(key);
    if (!places) {
      places = new Map();
      this.poolIndex.set(key, places);
    }
    let at = places.get(offset);
    if (at === undefined) {
      at = this.pool.length;
      this.pool.push(entry);
      places.set(offset, at);
    }
    return ~at;
  }

  callee(symbol: FunctionSymbol): number {
    const known = this.callees.indexOf(symbol);
    return known >= 0 ? known : this.callees.push(symbol) - 1;
  }

  /** Runs `inside` in a block scope of its own. */
  inScope<T>(inside: () => T): T {
    const outer = this.scope;
    this.scope = new Scope(outer, outer.unit);
    const result = inside();
    this.scope = outer;
    return result;
  }

  /** Guards against C nested too deep for the stack of the host. */
  nested<T>(inside: () => T): T {
    if (++this.depth > limits.depth) throw new Failure('code nested too deep');
    this.unit.session.spend();
    const result = inside();
    this.depth--;
    return result;
  }
}
