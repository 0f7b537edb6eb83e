import { isLive, liveBefore } from './liveness.js';
import { Op } from './operation.js';
import { binaryOperators, type Fn, type Instruction, type Scalar } from './program.js';

/** Numbers of memory types inside load and store words. */
export const scalars: readonly Scalar[] = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'bool'];

/** In the order of thread.ts's `Wait`. */
const waits = ['__await_eq', '__await_ne', '__await_ge', '__sleep_ne'];

/** Of each instruction that is not reached, nothing; else the registers that are dead before it. */
export type Dead = (Int32Array | undefined)[];

/**
 * A function as words, as they are in every program but for the places that are listed: of constants, of
 * callees, and of targets, which count from the function's first word.
 */
export class Template {
  readonly words: number[] = [];
  /** By instruction: its first word. */
  readonly starts: number[] = [];
  readonly constants: number[] = [];
  readonly callees: number[] = [];
  readonly targets: number[] = [];
  /** Of a function with more registers than are looked at, undefined: merging fewer states is all that is lost. */
  readonly dead: Dead | undefined;

  constructor(code: readonly Instruction[], registers: number) {
    for (const [index, instruction] of code.entries()) {
      this.starts.push(this.words.length);
      write(this, instruction, index);
    }
    for (const at of this.targets) this.words[at] = this.starts[this.words[at] as number] ?? -1;
    this.dead = registers <= 4000 ? deadBefore(code, registers) : undefined;
  }

  word(...words: number[]): this {
    for (const word of words) this.words.push(word);
    return this;
  }

  operand(...operands: number[]): this {
    for (const operand of operands) {
      if (operand < 0) this.constants.push(this.words.length);
      this.words.push(operand);
    }
    return this;
  }

  callee(number: number): this {
    this.callees.push(this.words.length);
    return this.word(number);
  }

  /** A target is written as an instruction's place, until the first words of all are known. */
  target(to: number): this {
    this.targets.push(this.words.length);
    return this.word(to);
  }
}

const templates = new WeakMap<object, Template>();

/** Made when the function is first entered, and kept for all programs that share its body. */
export function templateOf(fn: Fn): Template {
  const key = fn.body ?? fn;
  const known = templates.get(key) ?? new Template(key.code, fn.registers);
  templates.set(key, known);
  return known;
}

function deadBefore(code: readonly Instruction[], registers: number): Dead {
  return liveBefore(code, registers).map((live) => deadIn(live, registers));
}

function deadIn(live: Int32Array | undefined, registers: number): Int32Array | undefined {
  if (live === undefined) return undefined;
  const dead: number[] = [];
  for (let r = 0; r < registers; r++) if (!isLive(live, r)) dead.push(r);
  return dead.length > 0 ? Int32Array.from(dead) : undefined;
}

function write(to: Template, i: Instruction, index: number): void {
  switch (i.op) {
    case 'move':
      to.word(Op.Move, i.d).operand(i.a);
      return;
    case 'binary':
      to.word(binaryOpcode(i.f, i.width, i.signed), i.d).operand(i.a, i.b);
      to.word(binaryOperators.indexOf(i.f), i.width, i.signed ? 1 : 0);
      return;
    case 'unary':
      to.word(i.f === 'lnot' ? Op.Lnot : Op.Unary, i.d).operand(i.a);
      to.word(i.f === 'neg' ? 0 : 1, i.width);
      return;
    case 'convert':
      writeConvert(to, i);
      return;
    case 'load':
      to.word(Op.Load, i.d).operand(i.address).word(i.offset, scalars.indexOf(i.type));
      return;
    case 'store':
      to.word(Op.Store).operand(i.a, i.address).word(i.offset, scalars.indexOf(i.type));
      return;
    case 'copy':
      to.word(Op.Copy).operand(i.to, i.from).word(i.size);
      return;
    case 'clear':
      to.word(Op.Clear).operand(i.address).word(i.size);
      return;
    case 'local':
      to.word(Op.Local, i.d, i.offset);
      return;
    case 'jump':
      to.word(Op.Jump).target(i.to);
      return;
    case 'branch':
      to.word(Op.Branch).operand(i.a).target(i.then).target(i.else);
      return;
    case 'switch':
      to.word(Op.Switch).operand(i.a).word(i.cases.length).target(i.otherwise);
      for (const [value, place] of i.cases) to.operand(value).target(place);
      return;
    case 'call':
      to.word(Op.Call, i.d, i.args.length)
        .callee(i.callee)
        .operand(...i.args);
      return;
    case 'callIndirect':
      to.word(Op.CallIndirect, i.d, i.args.length).operand(i.address, ...i.args);
      return;
    case 'return':
      to.word(i.a === undefined ? Op.ReturnVoid : Op.Return).operand(i.a ?? 0);
      return;
    case 'intrinsic':
      writeIntrinsic(to, i, index);
      return;
    case 'unknown':
      to.word(Op.Unknown, i.d);
      return;
    case 'guess':
      to.word(Op.Guess);
      return;
  }
}

function writeConvert(to: Template, { from, to: into, d, a }: Extract<Instruction, { op: 'convert' }>): void {
  const op = convertOpcode(from, into);
  to.word(op, d).operand(a);
  if (op !== Op.Move) to.word(scalars.indexOf(from), scalars.indexOf(into));
}

/** Scheduling is the machine's own business; the rest of the intrinsics are calls out of it. */
function writeIntrinsic(to: Template, i: Extract<Instruction, { op: 'intrinsic' }>, index: number): void {
  const wait = waits.indexOf(i.name);
  if (wait >= 0) to.word(Op.Await, i.d, wait + 1).operand(i.args[0] ?? 0, i.args[1] ?? 0);
  else if (i.name === '__yield') to.word(Op.Yield);
  else if (i.name === '__choose') to.word(Op.Choose, i.d).operand(i.args[0] ?? 0);
  else to.word(Op.Intrinsic, i.d, i.args.length, index).operand(...i.args);
}

/** Quick forms of the frequent operators; `Op.Binary` does the rest exactly. */
function binaryOpcode(f: string, width: number, signed: boolean): number {
  const wide = width === 64;
  switch (f) {
    case 'add':
      return wide ? Op.Add64 : Op.Add32;
    case 'sub':
      return wide ? Op.Sub64 : Op.Sub32;
    case 'and':
      return wide ? Op.And64 : Op.And32;
    case 'or':
      return wide ? Op.Or64 : Op.Or32;
    case 'eq':
      return Op.Eq;
    case 'ne':
      return Op.Ne;
    case 'lt':
      return signed ? (wide ? Op.Lt64 : Op.Lt32) : wide ? Op.Ltu64 : Op.Ltu32;
    case 'le':
      return signed ? (wide ? Op.Le64 : Op.Le32) : wide ? Op.Leu64 : Op.Leu32;
    default:
      return Op.Binary;
  }
}

/** Extending what is already in canonical form changes nothing but for the two 32-bit ends. */
function convertOpcode(from: Scalar, to: Scalar): number {
  const small = from === 'u8' || from === 'u16' || from === 'i8' || from === 'i16' || from === 'bool';
  const is32 = to === 'i32' || to === 'u32';
  const is64 = to === 'i64' || to === 'u64';
  if (from === to || (small && (is32 || is64))) return Op.Move;
  if (is64 && (from === 'i64' || from === 'u64')) return Op.Move;
  if (is32 && (from === 'i32' || from === 'u32')) return Op.Move;
  if (to === 'bool') return Op.ToBool;
  return Op.Convert;
}
