import { binary, convert, unary } from './arithmetic.js';
import { callIntrinsic, sizeOfObject } from './intrinsic.js';
import type { Machine } from './machine.js';
import { Op } from './operation.js';
import {
  addressSpace,
  type BinaryOperator,
  binaryOperators,
  type Instruction,
  type Scalar,
  type Width,
} from './program.js';
import { quick, quickConvert, quickPositive } from './quick.js';
import { Runner, Stop } from './runner.js';
import { scalars } from './template.js';
import { Thread, Wait } from './thread.js';
import { endless, instructionLimit, unmodelled } from './unmodelled.js';
import { NotAnalysed, Violation } from './violation.js';

export { Stop };

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

const sizes = [1, 1, 2, 2, 4, 4, 8, 8, 1];

/** Instructions executed by the last `run`, the one that threw included. */
export let executed = 0;

/**
 * Runs one thread to its next scheduling point. Without `machine.watch` (set-up, checks, replay) there are
 * none. Throws Violation or NotAnalysed; then the thread's place is where it happened.
 */
export function run(m: Machine, thread: number, options: RunOptions = {}): Stop {
  m.stirred |= 1 << thread;
  const runner = new Runner(m, thread, options.advance !== true);
  try {
    return loop(runner, options);
  } finally {
    executed = runner.executed;
  }
}

/** The dispatch: one flat switch over the operations, frequent ones first. */
export function loop(r: Runner, options: RunOptions): Stop {
  const { m, code } = r;
  const memory = m.memory;
  const limit = options.limit ?? instructionLimit;
  let { choice } = options;
  let force = options.force === true;
  for (;;) {
    if (r.executed >= limit) {
      r.save();
      if (options.limit === undefined) throw endless(r);
      return Stop.Limit;
    }
    r.executed++;
    const at = r.pc;
    switch (code[at]) {
      case Op.Move:
        r.set(code[at + 1] as number, r.operand(at + 2));
        r.pc = at + 3;
        break;
      case Op.Load: {
        const base = r.operand(at + 2);
        const address = base + (code[at + 3] as number);
        const type = code[at + 4] as number;
        if (base < 0 || !memory.exists(address)) r.check(base, address, sizes[type] as number);
        if (r.stopsAt(r.visibility(address, sizes[type] as number, false))) return r.pause();
        r.set(code[at + 1] as number, memory.load(address, type));
        r.pc = at + 5;
        break;
      }
      case Op.Store: {
        const base = r.operand(at + 2);
        const address = base + (code[at + 3] as number);
        const type = code[at + 4] as number;
        if (base < 0 || !memory.exists(address)) r.check(base, address, sizes[type] as number);
        if (r.stopsAt(r.visibility(address, sizes[type] as number, true))) return r.pause();
        const value = r.operand(at + 1);
        memory.store(address, type, value);
        if (value >= r.stackLow && value < r.stackHigh && (address < r.stackLow || address >= r.stackHigh))
          r.R[Thread.Escaped] = 1;
        r.pc = at + 5;
        break;
      }
      case Op.Branch:
        r.pc = (r.operand(at + 1) !== 0 ? code[at + 2] : code[at + 3]) as number;
        break;
      case Op.Jump:
        r.pc = code[at + 1] as number;
        break;
      case Op.Local:
        r.set(code[at + 1] as number, (r.R[r.fp - 1] as number) + (code[at + 2] as number));
        r.pc = at + 3;
        break;
      case Op.Unary:
        r.set(
          code[at + 1] as number,
          unary(m.wide, code[at + 3] === 0 ? 'neg' : 'not', code[at + 4] as Width, r.operand(at + 2)),
        );
        r.pc = at + 5;
        break;
      case Op.Lnot:
        r.set(code[at + 1] as number, r.operand(at + 2) === 0 ? 1 : 0);
        r.pc = at + 5;
        break;
      case Op.ToBool:
        r.set(code[at + 1] as number, r.operand(at + 2) === 0 ? 0 : 1);
        r.pc = at + 5;
        break;
      case Op.Convert: {
        const a = r.operand(at + 2);
        const from = code[at + 3] as number;
        const to = code[at + 4] as number;
        const value =
          quickConvert(from, to, a) ?? convert(m.wide, scalars[from] as Scalar, scalars[to] as Scalar, a);
        r.set(code[at + 1] as number, value);
        r.pc = at + 5;
        break;
      }
      case Op.Copy:
        if (copy(r, at)) return r.pause();
        break;
      case Op.Clear:
        if (clear(r, at)) return r.pause();
        break;
      case Op.Switch:
        r.pc = chosenCase(r, at);
        break;
      case Op.Call:
      case Op.CallIndirect: {
        const fn =
          code[at] === Op.Call ? m.program.functions[code[at + 3] as number] : pointedFunction(r, at);
        const argc = code[at + 2] as number;
        r.enter(fn!, argc, at + 4, code[at + 1] as number, at + 4 + argc);
        break;
      }
      case Op.Return:
      case Op.ReturnVoid: {
        if (r.vanishes()) return r.pause();
        const value = code[at] === Op.ReturnVoid ? 0 : r.operand(at + 1);
        r.R[Thread.Pc] = at;
        if (r.leave(value)) return Stop.Done;
        break;
      }
      case Op.Intrinsic:
        if (intrinsic(r, at)) return r.pause();
        break;
      case Op.Await: {
        const stop = wait(r, at, force);
        force = false;
        if (stop) return r.pause();
        break;
      }
      case Op.Yield:
        if (m.watch !== undefined && !r.fresh) {
          r.wait(Wait.Yield, 0, 0);
          return r.pause();
        }
        r.fresh = false;
        r.pc = at + 1;
        break;
      case Op.Choose:
        if (m.watch !== undefined && choice === undefined) {
          r.wait(Wait.Choice, 0, r.operand(at + 2));
          return r.pause();
        }
        r.set(code[at + 1] as number, choice ?? 0);
        choice = undefined;
        r.fresh = false;
        r.pc = at + 3;
        break;
      case Op.Unknown:
      case Op.Guess:
        unmodelled(r);
        r.pc = at + 2;
        break;
      default: {
        const a = r.operand(at + 2);
        const b = r.operand(at + 3);
        r.set(code[at + 1] as number, quick(code[at] as number, a, b) ?? exactly(r, at, a, b));
        r.pc = at + 7;
      }
    }
  }
}

function exactly(r: Runner, at: number, a: number, b: number): number {
  const f = binaryOperators[r.code[at + 4] as number] as BinaryOperator;
  const width = r.code[at + 5] as Width;
  const value = quickPositive(f, width, a, b) ?? binary(r.m.wide, f, width, r.code[at + 6] === 1, a, b);
  if (value !== 'division by zero') return value;
  r.save();
  throw new Violation('assertion', 'a division by zero');
}

/** Both halves are one access. True when the thread must stop before it. */
function copy(r: Runner, at: number): boolean {
  const to = r.operand(at + 1);
  const from = r.operand(at + 2);
  const size = r.code[at + 3] as number;
  if (size > 0) {
    r.check(from, from, size);
    r.check(to, to, size);
    if (r.stopsAt(Math.max(r.visibility(from, size, false), r.visibility(to, size, true)))) return true;
    r.m.memory.copy(to, from, size);
  }
  r.pc = at + 4;
  return false;
}

function clear(r: Runner, at: number): boolean {
  const address = r.operand(at + 1);
  const size = r.code[at + 2] as number;
  if (size > 0) {
    r.check(address, address, size);
    if (r.stopsAt(r.visibility(address, size, true))) return true;
    r.m.memory.clear(address, size);
  }
  r.pc = at + 3;
  return false;
}

function chosenCase(r: Runner, at: number): number {
  const value = r.operand(at + 1);
  const count = r.code[at + 2] as number;
  for (let n = 0; n < count; n++)
    if (r.operand(at + 4 + 2 * n) === value) return r.code[at + 5 + 2 * n] as number;
  return r.code[at + 3] as number;
}

function pointedFunction(r: Runner, at: number) {
  const address = r.operand(at + 3);
  const fn = r.m.program.functions[(address - addressSpace.functions) / addressSpace.functionStride];
  if (fn !== undefined) return fn;
  r.save();
  throw address === 0
    ? new Violation('null-dereference', 'a NULL function pointer is called')
    : new Violation('wild-access', 'a call through a pointer to no function');
}

/** True when the thread must stop before it: freeing takes the object from everybody, like a write to all of it. */
function intrinsic(r: Runner, at: number): boolean {
  const count = r.code[at + 2] as number;
  const args: number[] = [];
  for (let n = 0; n < count; n++) args.push(r.operand(at + 4 + n));
  // An allocation asks who still points where: a register that nobody will read again does not.
  r.save();
  const i = r.instruction() as Extract<Instruction, { op: 'intrinsic' }>;
  const freed = i.name === '__free' ? sizeOfObject(r.m, args[0] as number) : 0;
  if (freed > 0 && r.stopsAt(r.visibility(args[0] as number, freed, true))) return true;
  const value = callIntrinsic(r.m, r.thread, i.name, args, i.text);
  if (i.name === '__acquired' || i.name === '__released') r.m.watch?.use(r.thread);
  if ((r.code[at + 1] as number) >= 0) r.set(r.code[at + 1] as number, value);
  r.pc = at + 4 + count;
  return false;
}

/** True when the thread must stop here: it may not go on, or others may come first. */
function wait(r: Runner, at: number, force: boolean): boolean {
  const kind = r.code[at + 2] as number;
  const address = r.operand(at + 3);
  const value = r.operand(at + 4);
  r.check(address, address, 4);
  const passes = force || r.m.passes(kind, address, value);
  const { watch } = r.m;
  if (watch === undefined) {
    if (!passes) throw new NotAnalysed('the set-up waits for something that never comes');
  } else {
    watch.record(r.thread, address >> 2, false, r.R[Thread.Sync] !== 0);
    const alone = passes && !watch.isContended(address);
    if (!alone && (!r.fresh || !passes)) {
      r.wait(kind, address, value);
      return true;
    }
    if (!alone) r.pass();
  }
  r.pc = at + 5;
  return false;
}
