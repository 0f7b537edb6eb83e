import { isLive, liveBefore } from './liveness.js';
import { Op } from './operation.js';
import { binaryOperators, type Fn, type Instruction, type Program, type Scalar } from './program.js';
import type { WideTable } from './wide.js';

/** A program as the machine runs it: one array of words for all functions. */
export interface Code {
  program: Program;
  words: Int32Array;
  constants: Int32Array;
  /** First word of each function. */
  entry: Int32Array;
  /** At each instruction's first word: its function and its place in that function's `code`. */
  functionAt: Int32Array;
  instructionAt: Int32Array;
  /** At each instruction's first word: the registers that are dead before it runs. */
  dead: (Int32Array | undefined)[];
  /** At each call's first word: the registers of the caller that nobody needs once its arguments are passed. */
  deadInCall: (Int32Array | undefined)[];
}

/** Numbers of memory types inside load and store words. */
export const scalars: readonly Scalar[] = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'i64', 'u64', 'bool'];

/** In the order of thread.ts's `Wait`. */
const waits = ['__await_eq', '__await_ne', '__await_ge', '__sleep_ne'];

type Shared = Omit<Code, 'constants'>;

const encoded = new WeakMap<Program, Shared>();

/** Encodes a program once; only its constants belong to one machine, whose wide values they may be. */
export function encode(program: Program, wide: WideTable): Code {
  const shared = encoded.get(program) ?? encodeAnew(program);
  encoded.set(program, shared);
  return { ...shared, constants: Int32Array.from(program.constants, (value) => wide.word(value)) };
}

function encodeAnew(program: Program): Shared {
  const words: number[] = [];
  const entry = new Int32Array(program.functions.length);
  const at: [word: number, fn: number, instruction: number][] = [];
  const patches: [word: number, fn: number, instruction: number][] = [];
  const starts: number[][] = [];
  for (const fn of program.functions) {
    entry[fn.id] = words.length;
    starts[fn.id] = fn.code.map((instruction, index) => {
      const word = words.length;
      at.push([word, fn.id, index]);
      write(words, instruction, index, (target) => patches.push([words.length, fn.id, target]));
      return word;
    });
  }
  for (const [word, fn, target] of patches) words[word] = (starts[fn] as number[])[target] ?? -1;
  const code: Shared = {
    program,
    words: Int32Array.from(words),
    entry,
    functionAt: new Int32Array(words.length).fill(-1),
    instructionAt: new Int32Array(words.length).fill(-1),
    dead: new Array(words.length),
    deadInCall: new Array(words.length),
  };
  for (const [word, fn, instruction] of at) {
    code.functionAt[word] = fn;
    code.instructionAt[word] = instruction;
  }
  for (const fn of program.functions) markDead(code, fn, starts[fn.id] as number[]);
  return code;
}

function markDead(code: Shared, fn: Fn, starts: number[]): void {
  if (fn.registers > 4000) return; // merging fewer states is all that is lost
  const live = liveBefore(fn);
  fn.code.forEach((instruction, index) => {
    const word = starts[index] as number;
    code.dead[word] = deadIn(live[index], fn.registers);
    const isCall = instruction.op === 'call' || instruction.op === 'callIndirect';
    if (isCall) code.deadInCall[word] = deadIn(live[index + 1], fn.registers);
  });
}

function deadIn(live: Int32Array | undefined, registers: number): Int32Array | undefined {
  if (live === undefined) return undefined;
  const dead: number[] = [];
  for (let r = 0; r < registers; r++) if (!isLive(live, r)) dead.push(r);
  return dead.length > 0 ? Int32Array.from(dead) : undefined;
}

type Patch = (target: number) => void;

/** Targets are written as 0 and patched once every function's words are known. */
function write(words: number[], i: Instruction, index: number, patch: Patch): void {
  const target = (to: number) => {
    patch(to);
    words.push(0);
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
