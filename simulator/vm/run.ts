import { binary, convert, unary } from './arithmetic.js';
import type { Machine } from './machine.js';
import { Op } from './operation.js';
import { clear, copy, intrinsic, wait } from './perform.js';
import { addressSpace, type BinaryOperator, binaryOperators, type Scalar, type Width } from './program.js';
import { quick, quickConvert, quickPositive } from './quick.js';
import { Runner, Stop } from './runner.js';
import { scalars } from './template.js';
import { Thread, Wait } from './thread.js';
import { endless, instructionLimit, unmodelled } from './unmodelled.js';
import { Violation } from './violation.js';

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
  const { memory, likeness } = m;
  const { chosen } = m.code;
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
        if (likeness !== undefined && address !== base) likeness.reaches(base, address, 1);
        if (base < 0 || !memory.exists(address)) r.check(base, address, sizes[type] as number);
        if (r.stopsAt(r.visibility(address, sizes[type] as number, false))) return r.pause();
        r.set(code[at + 1] as number, memory.load(address, type));
        if (likeness !== undefined && type !== 4 && type !== 5) likeness.loads(memory, address, type);
        r.pc = at + 5;
        break;
      }
      case Op.Store: {
        const base = r.operand(at + 2);
        const address = base + (code[at + 3] as number);
        const type = code[at + 4] as number;
        if (likeness !== undefined && address !== base) likeness.reaches(base, address, 1);
        if (base < 0 || !memory.exists(address)) r.check(base, address, sizes[type] as number);
        if (r.stopsAt(r.visibility(address, sizes[type] as number, true))) return r.pause();
        const value = r.operand(at + 1);
        if (likeness === undefined || type === 4 || type === 5) memory.store(address, type, value);
        else likeness.stores(memory, address, type, value);
        r.escapes(address, 1);
        r.pc = at + 5;
        break;
      }
      case Op.Branch: {
        const way = r.operand(at + 1) !== 0 ? at + 2 : at + 3;
        chosen[way] = 1;
        r.pc = code[way] as number;
        break;
      }
      case Op.Jump:
        r.pc = code[at + 1] as number;
        break;
      case Op.Local:
        r.set(code[at + 1] as number, (r.R[r.fp - 1] as number) + (code[at + 2] as number));
        r.pc = at + 3;
        break;
      case Op.Unary: {
        const a = r.operand(at + 2);
        const value = unary(m.wide, code[at + 3] === 0 ? 'neg' : 'not', code[at + 4] as Width, a);
        likeness?.converts(a, value);
        r.set(code[at + 1] as number, value);
        r.pc = at + 5;
        break;
      }
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
        likeness?.converts(a, value);
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
      case Op.Switch: {
        const way = chosenWay(r, at);
        chosen[way] = 1;
        r.pc = code[way] as number;
        break;
      }
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
        const value = quick(code[at] as number, a, b) ?? exactly(r, at, a, b);
        likeness?.computes(code[at + 4] as number, a, b, value);
        r.set(code[at + 1] as number, value);
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

/** The word that says where a switch goes. */
function chosenWay(r: Runner, at: number): number {
  const value = r.operand(at + 1);
  r.m.likeness?.converts(value, 0);
  const count = r.code[at + 2] as number;
  for (let n = 0; n < count; n++) if (r.operand(at + 4 + 2 * n) === value) return at + 5 + 2 * n;
  return at + 3;
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
