import { isLive, liveBefore } from './liveness.js';
import { Op } from './operation.js';
import { binaryOperators, type Fn, type Instruction, type Program, type Scalar } from './program.js';

/** Numbers of memory types inside load and store words. */
export const scalars: readonly Scalar[] = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'bool'];

/** In the order of thread.ts's `Wait`. */
const waits = ['__await_eq', '__await_ne', '__await_ge', '__sleep_ne'];

/** The most words that one instruction without arguments takes. */
const widest = 7;

/**
 * A program as the machine runs it: one array of words. A function is encoded when it is first entered, since
 * most of what a program could reach it never does.
 */
export class Code {
  readonly words: Int32Array;
  /** At each instruction's first word: its function and its place in that function's `code`. */
  readonly functionAt: Int32Array;
  readonly instructionAt: Int32Array;
  /** By function: the registers that are dead before each of its instructions. */
  private readonly dead: (Dead | undefined)[] = [];
  /** First word of each function, -1 while it is not encoded. */
  private readonly entries: Int32Array;
  private used = 0;

  constructor(readonly program: Program) {
    let room = 0;
    for (const fn of program.functions) room += bodyOf(fn).room;
    this.words = new Int32Array(room);
    this.functionAt = new Int32Array(room).fill(-1);
    this.instructionAt = new Int32Array(room).fill(-1);
    this.entries = new Int32Array(program.functions.length).fill(-1);
  }

  /** The first word of a function. */
  entryOf(fn: Fn): number {
    const known = this.entries[fn.id] as number;
    return known >= 0 ? known : this.encode(fn);
  }

  private encode(fn: Fn): number {
    const first = this.used;
    const words: number[] = [];
    const patches: number[] = [];
    const starts = fn.code.map((instruction, index) => {
      const word = first + words.length;
      this.functionAt[word] = fn.id;
      this.instructionAt[word] = index;
      write(words, instruction, index, patches);
      return word;
    });
    for (const at of patches) words[at] = starts[words[at] as number] ?? -1;
    this.words.set(words, first);
    this.used += words.length;
    this.entries[fn.id] = first;
    // Of a function with that many registers, merging fewer states is all that is lost.
    if (fn.registers <= 4000) this.dead[fn.id] = bodyOf(fn).dead ??= deadBefore(fn);
    return first;
  }

  /** The registers that are dead before the instruction at a word runs. */
  deadAt(word: number): Int32Array | undefined {
    return this.dead[this.functionAt[word] as number]?.[this.instructionAt[word] as number];
  }

  /** Those of the caller that nobody needs once the arguments of the call at a word are passed. */
  deadInCall(word: number): Int32Array | undefined {
    return this.dead[this.functionAt[word] as number]?.[(this.instructionAt[word] as number) + 1];
  }
}

type Dead = (Int32Array | undefined)[];

/** What is the same for a function in every program. */
interface Body {
  room: number;
  /** Registers that are dead before each instruction. */
  dead: Dead | undefined;
}

const bodies = new WeakMap<object, Body>();

function bodyOf(fn: Fn): Body {
  const key = fn.body ?? fn;
  let body = bodies.get(key);
  if (body === undefined) {
    body = { room: 0, dead: undefined };
    for (const instruction of key.code) body.room += roomOf(instruction);
    bodies.set(key, body);
  }
  return body;
}

function deadBefore(fn: Fn): Dead {
  return liveBefore(fn).map((live) => deadIn(live, fn.registers));
}

let last: Code | undefined;

/** The code of a program: what replays a search shares it with the search. */
export function codeOf(program: Program): Code {
  if (last?.program !== program) last = new Code(program);
  return last;
}

function roomOf(i: Instruction): number {
  return widest + ('args' in i ? i.args.length : i.op === 'switch' ? 2 * i.cases.length : 0);
}

function deadIn(live: Int32Array | undefined, registers: number): Int32Array | undefined {
  if (live === undefined) return undefined;
  const dead: number[] = [];
  for (let r = 0; r < registers; r++) if (!isLive(live, r)) dead.push(r);
  return dead.length > 0 ? Int32Array.from(dead) : undefined;
}

/** Targets are written as instructions' places, and listed to be replaced when all first words are known. */
function write(words: number[], i: Instruction, index: number, patches: number[]): void {
  const target = (to: number) => {
    patches.push(words.length);
    words.push(to);
  };
  switch (i.op) {
    case 'move':
      words.push(Op.Move, i.d, i.a);
      return;
    case 'binary':
      words.push(
        binaryOpcode(i.f, i.width, i.signed),
        i.d,
        i.a,
        i.b,
        binaryOperators.indexOf(i.f),
        i.width,
        i.signed ? 1 : 0,
      );
      return;
    case 'unary':
      words.push(i.f === 'lnot' ? Op.Lnot : Op.Unary, i.d, i.a, i.f === 'neg' ? 0 : 1, i.width);
      return;
    case 'convert':
      words.push(convertOpcode(i.from, i.to), i.d, i.a);
      if (words.at(-3) !== Op.Move) words.push(scalars.indexOf(i.from), scalars.indexOf(i.to));
      return;
    case 'load':
      words.push(Op.Load, i.d, i.address, i.offset, scalars.indexOf(i.type));
      return;
    case 'store':
      words.push(Op.Store, i.a, i.address, i.offset, scalars.indexOf(i.type));
      return;
    case 'copy':
      words.push(Op.Copy, i.to, i.from, i.size);
      return;
    case 'clear':
      words.push(Op.Clear, i.address, i.size);
      return;
    case 'local':
      words.push(Op.Local, i.d, i.offset);
      return;
    case 'jump':
      words.push(Op.Jump);
      target(i.to);
      return;
    case 'branch':
      words.push(Op.Branch, i.a);
      target(i.then);
      target(i.else);
      return;
    case 'switch':
      words.push(Op.Switch, i.a, i.cases.length);
      target(i.otherwise);
      for (const [value, to] of i.cases) {
        words.push(value);
        target(to);
      }
      return;
    case 'call':
      words.push(Op.Call, i.d, i.args.length, i.callee, ...i.args);
      return;
    case 'callIndirect':
      words.push(Op.CallIndirect, i.d, i.args.length, i.address, ...i.args);
      return;
    case 'return':
      words.push(i.a === undefined ? Op.ReturnVoid : Op.Return, i.a ?? 0);
      return;
    case 'intrinsic':
      writeIntrinsic(words, i, index);
      return;
    case 'unknown':
      words.push(Op.Unknown, i.d);
      return;
    case 'guess':
      words.push(Op.Guess);
      return;
  }
}

/** Scheduling is the machine's own business; the rest of the intrinsics are calls out of it. */
function writeIntrinsic(words: number[], i: Extract<Instruction, { op: 'intrinsic' }>, index: number): void {
  const wait = waits.indexOf(i.name);
  if (wait >= 0) words.push(Op.Await, i.d, wait + 1, i.args[0] ?? 0, i.args[1] ?? 0);
  else if (i.name === '__yield') words.push(Op.Yield);
  else if (i.name === '__choose') words.push(Op.Choose, i.d, i.args[0] ?? 0);
  else words.push(Op.Intrinsic, i.d, i.args.length, index, ...i.args);
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
