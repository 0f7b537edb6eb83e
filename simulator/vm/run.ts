import { binary, convert, unary } from './arithmetic.js';
import { scalars } from './encode.js';
import { callIntrinsic } from './intrinsic.js';
import type { Machine } from './machine.js';
import { addressSpace, type BinaryOperator, type Fn, type Instruction, type Width } from './program.js';
import { frameHeader, registerFileSize, Thread, Wait } from './thread.js';
import { NotAnalysed, Violation } from './violation.js';
import { smallest } from './wide.js';

/** Operations of the encoded program (encode.ts writes them). The words of each are named beside it. */
export const enum Op {
  Move, // d a
  Add32, // d a b f width signed (all binaries)
  Add64,
  Sub32,
  Sub64,
  And32,
  And64,
  Or32,
  Or64,
  Eq,
  Ne,
  Lt32,
  Lt64,
  Ltu32,
  Ltu64,
  Le32,
  Le64,
  Leu32,
  Leu64,
  Binary,
  Unary, // d a f width
  Lnot,
  Convert, // d a from to
  ToBool,
  Load, // d address offset type
  Store, // a address offset type
  Copy, // to from size
  Clear, // address size
  Local, // d offset
  Jump, // to
  Branch, // a then else
  Switch, // a count otherwise (value to)*
  Call, // d count callee args
  CallIndirect, // d count address args
  Return, // a
  ReturnVoid, // -
  Intrinsic, // d count index args
  Await, // d wait address value
  Yield,
  Choose, // d count
  Unknown, // d
  Guess,
}

export const enum Stop {
  /** At a scheduling point: something another thread may come before. */
  Point = 0,
  /** The thread returned from its first function. */
  Done = 1,
  /** `limit` instructions were run. */
  Limit = 2,
}

export interface RunOptions {
  /** The outcome of the choice the thread stands at. */
  choice?: number;
  /** Stop after so many instructions, wherever that is. */
  limit?: number;
  /** Runs to the first scheduling point; otherwise the one the thread stands at is passed. */
  advance?: boolean;
  /** Passes the wait it stands at, whether or not its condition holds (a spurious wake-up). */
  force?: boolean;
}

export const instructionLimit = 400_000;
const binaryNames: readonly BinaryOperator[] = ['add', 'sub', 'mul', 'div', 'rem', 'and', 'or', 'xor', 'shl', 'shr', 'eq', 'ne', 'lt', 'le'];
const sizes = [1, 1, 2, 2, 4, 4, 8, 8, 1];

/** Instructions executed by the last `run`. */
export let executed = 0;

/**
 * Runs one thread to its next scheduling point. Without `machine.watch` (set-up, checks) there are none.
 * Throws Violation or NotAnalysed; then the thread's place is where it happened.
 */
export function run(m: Machine, thread: number, options: RunOptions = {}): Stop {
  const R = m.threads[thread] as Int32Array;
  const { words: code, constants: K, dead } = m.code;
  const memory = m.memory;
  const M = memory.words;
  const watch = m.watch;
  const visible = watch?.visible;
  const full = watch?.full ?? false;
  const wide = m.wide;
  const limit = options.limit ?? instructionLimit;
  const stackLow = addressSpace.stacks + thread * addressSpace.stackSize;
  const stackHigh = stackLow + addressSpace.stackSize;
  let pc = R[Thread.Pc] as number;
  let fp = R[Thread.Frame] as number;
  let fresh = options.advance !== true;
  let force = options.force === true;
  let choice = options.choice;
  let sections = ((R[Thread.Atomic] as number) | (R[Thread.Fused] as number)) !== 0;
  executed = 0;
  R[Thread.Wait] = Wait.None;
  R[Thread.WaitAddress] = 0;
  R[Thread.WaitValue] = 0;

  const save = (): void => {
    R[Thread.Pc] = pc;
    R[Thread.Frame] = fp;
    const kill = dead[pc];
    if (kill && watch) for (let n = 0; n < kill.length; n++) R[fp + (kill[n] as number)] = 0;
  };

  /** Stops before the instruction at `pc`, which is not counted as executed. */
  const pause = (): Stop => {
    executed--;
    save();
    return Stop.Point;
  };

  /** How visible an access is to others: 0 not, 1 yes, 2 even when it belongs to a release. */
  const visibility = (address: number, size: number, write: boolean): number => {
    if (watch === undefined || visible === undefined) {
      if (m.observe) for (let word = address >> 2; word <= (address + size - 1) >> 2; word++) m.observe(word);
      return 0;
    }
    let seen = full && !(address >= stackLow && address < stackHigh) ? 2 : 0;
    const sync = R[Thread.Sync] !== 0;
    const last = (address + size - 1) >> 2;
    for (let word = address >> 2; word <= last; word++) {
      watch.record(thread, word, write, sync);
      const v = visible[word] as number;
      if (v > seen) seen = v;
    }
    return seen;
  };

  /** Before an access so visible: true when others must get the chance to come first. */
  const stopsAt = (seen: number): boolean => {
    if (seen === 0) return false;
    if (sections) {
      if (R[Thread.Taken] !== 0) return false;
      if (R[Thread.Fused] !== 0 && seen < 2) return false;
    }
    if (!fresh) return true;
    fresh = false;
    if (sections) R[Thread.Taken] = 1;
    return false;
  };

  const enter = (fn: Fn, argc: number, args: number, d: number, next: number): void => {
    const callerFp = fp;
    const caller = m.program.functions[m.code.functionAt[pc] as number] as Fn;
    const nf = fp + caller.registers + frameHeader;
    if (nf + fn.registers + 8 > registerFileSize) throw new NotAnalysed(`recursion in ${fn.name}() is too deep`);
    R.fill(0, nf, nf + fn.registers);
    for (let n = 0; n < argc && n < fn.parameters; n++) {
      const x = code[args + n] as number;
      R[nf + n] = x >= 0 ? (R[callerFp + x] as number) : (K[~x] as number);
    }
    const kill = dead[pc];
    if (kill && watch) for (let n = 0; n < kill.length; n++) R[callerFp + (kill[n] as number)] = 0;
    R[nf - 4] = next;
    R[nf - 3] = callerFp;
    R[nf - 2] = d;
    fp = nf;
    R[Thread.Frame] = nf;
    m.enterFrame(thread, fn);
    m.entered[fn.id] = 1;
    if (fn.step !== 'plain') {
      sections = true;
      if (fn.step === 'atomic' || full) R[Thread.Atomic] = (R[Thread.Atomic] as number) + 1;
      else R[Thread.Fused] = (R[Thread.Fused] as number) + 1;
      if (m.synchronises(fn)) R[Thread.Sync] = (R[Thread.Sync] as number) + 1;
    }
    pc = m.code.entry[fn.id] as number;
  };

  /** True when the thread is over. */
  const leave = (value: number): boolean => {
    const fn = m.program.functions[m.code.functionAt[pc] as number] as Fn;
    m.leaveFrame(thread, fn);
    if (fn.step !== 'plain') {
      if (fn.step === 'atomic' || full) R[Thread.Atomic] = (R[Thread.Atomic] as number) - 1;
      else R[Thread.Fused] = (R[Thread.Fused] as number) - 1;
      if (m.synchronises(fn)) R[Thread.Sync] = (R[Thread.Sync] as number) - 1;
      sections = ((R[Thread.Atomic] as number) | (R[Thread.Fused] as number)) !== 0;
      if (!sections) R[Thread.Taken] = 0;
    }
    const callerFp = R[fp - 3] as number;
    if (callerFp === 0) {
      finish(m, thread);
      return true;
    }
    const d = R[fp - 2] as number;
    const next = R[fp - 4] as number;
    R.fill(0, fp - frameHeader, fp + fn.registers);
    fp = callerFp;
    R[Thread.Frame] = fp;
    if (d >= 0) R[fp + d] = value;
    pc = next;
    return false;
  };

  for (;;) {
    if (executed >= limit) {
      if (options.limit === undefined) endless(m, thread, pc, fp);
      save();
      return Stop.Limit;
    }
    executed++;
    const at = pc;
    switch (code[at]) {
      case Op.Move: {
        const x = code[at + 2] as number;
        R[fp + (code[at + 1] as number)] = x >= 0 ? (R[fp + x] as number) : (K[~x] as number);
        pc = at + 3;
        break;
      }
      case Op.Load: {
        const x = code[at + 2] as number;
        const base = x >= 0 ? (R[fp + x] as number) : (K[~x] as number);
        const address = base + (code[at + 3] as number);
        const type = code[at + 4] as number;
        if (!memory.exists(address) || base < 0) fault(m, R, pc, fp, base, address, sizes[type] as number);
        if (stopsAt(visibility(address, sizes[type] as number, false))) {
          return pause();
        }
        R[fp + (code[at + 1] as number)] = type === 4 ? (M[address >> 2] as number) : memory.load(address, type);
        pc = at + 5;
        break;
      }
      case Op.Store: {
        const x = code[at + 2] as number;
        const base = x >= 0 ? (R[fp + x] as number) : (K[~x] as number);
        const address = base + (code[at + 3] as number);
        const type = code[at + 4] as number;
        if (!memory.exists(address) || base < 0) fault(m, R, pc, fp, base, address, sizes[type] as number);
        if (stopsAt(visibility(address, sizes[type] as number, true))) {
          return pause();
        }
        const y = code[at + 1] as number;
        const value = y >= 0 ? (R[fp + y] as number) : (K[~y] as number);
        memory.store(address, type, value);
        if (value >= stackLow && value < stackHigh && !(address >= stackLow && address < stackHigh)) R[Thread.Escaped] = 1;
        pc = at + 5;
        break;
      }
      case Op.Branch: {
        const x = code[at + 1] as number;
        const value = x >= 0 ? (R[fp + x] as number) : (K[~x] as number);
        pc = (value !== 0 ? code[at + 2] : code[at + 3]) as number;
        break;
      }
      case Op.Jump:
        pc = code[at + 1] as number;
        break;
      case Op.Local:
        R[fp + (code[at + 1] as number)] = (R[fp - 1] as number) + (code[at + 2] as number);
        pc = at + 3;
        break;
      case Op.Add32:
      case Op.Add64:
      case Op.Sub32:
      case Op.Sub64:
      case Op.And32:
      case Op.And64:
      case Op.Or32:
      case Op.Or64:
      case Op.Eq:
      case Op.Ne:
      case Op.Lt32:
      case Op.Lt64:
      case Op.Ltu32:
      case Op.Ltu64:
      case Op.Le32:
      case Op.Le64:
      case Op.Leu32:
      case Op.Leu64:
      case Op.Binary: {
        const x = code[at + 2] as number;
        const y = code[at + 3] as number;
        const a = x >= 0 ? (R[fp + x] as number) : (K[~x] as number);
        const b = y >= 0 ? (R[fp + y] as number) : (K[~y] as number);
        let value = quick(code[at] as number, a, b);
        if (value === undefined) {
          const f = binaryNames[code[at + 4] as number] as BinaryOperator;
          const exact = binary(wide, f, code[at + 5] as Width, code[at + 6] === 1, a, b);
          if (exact === 'division by zero') {
            save();
            throw new Violation('assertion', 'a division by zero');
          }
          value = exact;
        }
        R[fp + (code[at + 1] as number)] = value;
        pc = at + 7;
        break;
      }
      case Op.Unary:
      case Op.Lnot: {
        const x = code[at + 2] as number;
        const a = x >= 0 ? (R[fp + x] as number) : (K[~x] as number);
        R[fp + (code[at + 1] as number)] =
          code[at] === Op.Lnot ? (a === 0 ? 1 : 0) : unary(wide, code[at + 3] === 0 ? 'neg' : 'not', code[at + 4] as Width, a);
        pc = at + 5;
        break;
      }
      case Op.Convert:
      case Op.ToBool: {
        const x = code[at + 2] as number;
        const a = x >= 0 ? (R[fp + x] as number) : (K[~x] as number);
        const from = code[at + 3] as number;
        const to = code[at + 4] as number;
        R[fp + (code[at + 1] as number)] =
          code[at] === Op.ToBool ? (a === 0 ? 0 : 1) : quickConvert(from, to, a) ?? convert(wide, scalars[from]!, scalars[to]!, a);
        pc = at + 5;
        break;
      }
      case Op.Copy: {
        const x = code[at + 1] as number;
        const y = code[at + 2] as number;
        const to = x >= 0 ? (R[fp + x] as number) : (K[~x] as number);
        const from = y >= 0 ? (R[fp + y] as number) : (K[~y] as number);
        const size = code[at + 3] as number;
        if (size > 0) {
          fault(m, R, pc, fp, from, from, size);
          fault(m, R, pc, fp, to, to, size);
          if (stopsAt(Math.max(visibility(from, size, false), visibility(to, size, true)))) {
            return pause();
          }
          memory.copy(to, from, size);
        }
        pc = at + 4;
        break;
      }
      case Op.Clear: {
        const x = code[at + 1] as number;
        const address = x >= 0 ? (R[fp + x] as number) : (K[~x] as number);
        const size = code[at + 2] as number;
        if (size > 0) {
          fault(m, R, pc, fp, address, address, size);
          if (stopsAt(visibility(address, size, true))) {
            return pause();
          }
          memory.clear(address, size);
        }
        pc = at + 3;
        break;
      }
      case Op.Switch: {
        const x = code[at + 1] as number;
        const value = x >= 0 ? (R[fp + x] as number) : (K[~x] as number);
        const count = code[at + 2] as number;
        pc = code[at + 3] as number;
        for (let n = 0; n < count; n++) {
          const y = code[at + 4 + 2 * n] as number;
          if ((y >= 0 ? R[fp + y] : K[~y]) === value) {
            pc = code[at + 5 + 2 * n] as number;
            break;
          }
        }
        break;
      }
      case Op.Call: {
        const fn = m.program.functions[code[at + 3] as number] as Fn;
        enter(fn, code[at + 2] as number, at + 4, code[at + 1] as number, at + 4 + (code[at + 2] as number));
        break;
      }
      case Op.CallIndirect: {
        const x = code[at + 3] as number;
        const address = x >= 0 ? (R[fp + x] as number) : (K[~x] as number);
        const id = (address - addressSpace.functions) / addressSpace.functionStride;
        const fn = m.program.functions[id];
        if (fn === undefined) {
          save();
          throw address === 0
            ? new Violation('null-dereference', 'a NULL function pointer is called')
            : new Violation('wild-access', 'a call through a pointer to no function');
        }
        enter(fn, code[at + 2] as number, at + 4, code[at + 1] as number, at + 4 + (code[at + 2] as number));
        break;
      }
      case Op.Return:
      case Op.ReturnVoid: {
        const x = code[at + 1] as number;
        const value = code[at] === Op.ReturnVoid ? 0 : x >= 0 ? (R[fp + x] as number) : (K[~x] as number);
        save();
        if (leave(value)) return Stop.Done;
        break;
      }
      case Op.Intrinsic: {
        const count = code[at + 2] as number;
        const args: number[] = [];
        for (let n = 0; n < count; n++) {
          const x = code[at + 4 + n] as number;
          args.push(x >= 0 ? (R[fp + x] as number) : (K[~x] as number));
        }
        save();
        const i = instructionOf(m, at) as Extract<Instruction, { op: 'intrinsic' }>;
        const value = callIntrinsic(m, thread, i.name, args, i.text);
        if (watch !== undefined && (i.name === '__acquired' || i.name === '__released')) watch.use(thread);
        if ((code[at + 1] as number) >= 0) R[fp + (code[at + 1] as number)] = value;
        pc = at + 4 + count;
        break;
      }
      case Op.Await: {
        const x = code[at + 3] as number;
        const y = code[at + 4] as number;
        const address = x >= 0 ? (R[fp + x] as number) : (K[~x] as number);
        const value = y >= 0 ? (R[fp + y] as number) : (K[~y] as number);
        fault(m, R, pc, fp, address, address, 4);
        const passes = force || m.passes(code[at + 2] as number, address, value);
        if (watch === undefined) {
          save();
          if (!passes) throw new NotAnalysed('the set-up waits for something that never comes');
        } else {
          watch.record(thread, address >> 2, false, R[Thread.Sync] !== 0);
          if (!fresh || !passes) {
            R[Thread.Wait] = code[at + 2] as number;
            R[Thread.WaitAddress] = address;
            R[Thread.WaitValue] = value;
            return pause();
          }
          fresh = false;
          if (sections) R[Thread.Taken] = 1;
        }
        force = false;
        pc = at + 5;
        break;
      }
      case Op.Yield:
        if (watch !== undefined && !fresh) {
          R[Thread.Wait] = Wait.Yield;
          return pause();
        }
        fresh = false;
        pc = at + 1;
        break;
      case Op.Choose: {
        const x = code[at + 2] as number;
        const count = x >= 0 ? (R[fp + x] as number) : (K[~x] as number);
        if (watch !== undefined && choice === undefined) {
          R[Thread.Wait] = Wait.Choice;
          R[Thread.WaitValue] = count;
          return pause();
        }
        R[fp + (code[at + 1] as number)] = choice ?? 0;
        choice = undefined;
        fresh = false;
        pc = at + 3;
        break;
      }
      case Op.Unknown: {
        const i = instructionOf(m, at) as Extract<Instruction, { op: 'unknown' }>;
        m.unknown.add(i.name);
        save();
        if (i.used) throw new NotAnalysed(`${i.name}() is not modelled and its result is used`);
        pc = at + 2;
        break;
      }
      case Op.Guess: {
        save();
        throw new NotAnalysed((instructionOf(m, at) as Extract<Instruction, { op: 'guess' }>).reason);
      }
      default:
        throw new Error(`no operation ${code[at]} at ${at}`);
    }
  }
}

/** Undefined when the operands need exact arithmetic. */
function quick(op: number, a: number, b: number): number | undefined {
  switch (op) {
    case Op.Add32:
      return (a + b) | 0;
    case Op.Sub32:
      return (a - b) | 0;
    case Op.And32:
      return a & b;
    case Op.Or32:
      return a | b;
    case Op.Eq:
      return a === b ? 1 : 0;
    case Op.Ne:
      return a !== b ? 1 : 0;
    case Op.Lt32:
      return a < b ? 1 : 0;
    case Op.Le32:
      return a <= b ? 1 : 0;
    case Op.Ltu32:
      return a >>> 0 < b >>> 0 ? 1 : 0;
    case Op.Leu32:
      return a >>> 0 <= b >>> 0 ? 1 : 0;
    case Op.Binary:
      return undefined;
  }
  if (a < smallest || b < smallest) return undefined;
  let value: number;
  switch (op) {
    case Op.Add64:
      value = a + b;
      break;
    case Op.Sub64:
      value = a - b;
      break;
    case Op.And64:
      value = a & b;
      break;
    case Op.Or64:
      value = a | b;
      break;
    case Op.Lt64:
      return a < b ? 1 : 0;
    case Op.Le64:
      return a <= b ? 1 : 0;
    case Op.Ltu64:
      return a >>> 0 < b >>> 0 ? 1 : 0;
    default:
      return a >>> 0 <= b >>> 0 ? 1 : 0;
  }
  return value >= smallest && value <= 0x7fff_ffff ? value : undefined;
}

/** Conversions whose result is plain; types by their numbers in encode.scalars. */
function quickConvert(from: number, to: number, a: number): number | undefined {
  if (from >= 6 && from <= 7 && a < smallest) return undefined;
  switch (to) {
    case 0:
      return (a << 24) >> 24;
    case 1:
      return a & 0xff;
    case 2:
      return (a << 16) >> 16;
    case 3:
      return a & 0xffff;
    case 4:
    case 5:
      return a;
    default:
      return from === 5 ? (a >= 0 ? a : undefined) : a >= smallest ? a : undefined;
  }
}

function instructionOf(m: Machine, at: number): Instruction {
  const fn = m.program.functions[m.code.functionAt[at] as number] as Fn;
  return fn.code[m.code.instructionAt[at] as number] as Instruction;
}

function fault(m: Machine, R: Int32Array, pc: number, fp: number, base: number, address: number, size: number): void {
  R[Thread.Pc] = pc;
  R[Thread.Frame] = fp;
  if (base < smallest) throw new Violation('wild-access', 'a pointer to nowhere is dereferenced');
  // A member of an object at NULL or at an error code is what that pointer is, however far inside.
  if (base >= -4096 && base < 0x1000) m.checkAccess(base, 1);
  m.checkAccess(address, size);
}

function finish(m: Machine, thread: number): void {
  const R = m.threads[thread] as Int32Array;
  if (R[Thread.Locks] !== 0) {
    const lock = R[Thread.FirstLock] as number;
    throw new Violation('lock-leak', 'a thread returns with a lock held', m.nameOf(lock) ?? 'lock');
  }
  R.fill(0, 0, registerFileSize >> 3);
  R[Thread.Status] = 2;
}

function endless(m: Machine, thread: number, pc: number, fp: number): never {
  const R = m.threads[thread] as Int32Array;
  R[Thread.Pc] = pc;
  R[Thread.Frame] = fp;
  const fn = m.program.functions[m.code.functionAt[pc] as number] as Fn;
  throw new NotAnalysed(`${fn.name}() runs more than ${instructionLimit} instructions without a scheduling point`);
}
