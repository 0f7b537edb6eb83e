import type { Machine } from '../vm/machine.js';
import type { Fn, Instruction } from '../vm/program.js';
import { run, Stop } from '../vm/run.js';
import { Stepper } from '../vm/stepper.js';
import { Thread } from '../vm/thread.js';
import { NotAnalysed, Violation } from '../vm/violation.js';
import { classify } from './deadlock.js';
import { type Execution, functionNamed, runAlone, setUp } from './execution.js';
import { livelockMessage } from './livelock.js';
import type { Scenario, Segment } from './scenario.js';
import { fieldNameOf, isUnderReview, onlyComputes, placeOf } from './where.js';

/** Something worth telling that a thread did, at a line of the code under review (or of the race's own). */
export interface Act {
  thread: number;
  fn: Fn;
  line: number;
  kind: 'enter' | 'return' | 'call' | 'acquire' | 'release' | 'event' | 'store' | 'line' | 'sleep';
  /** Function called, lock or event name, or the global stored to. */
  name: string;
  args: readonly number[];
  value: number | undefined;
  /** What the function that `enter`, `return` and `call` speak of is. */
  callee: Fn | undefined;
}

export interface Replayed {
  acts: Act[];
  /** What happened at the end; undefined when the schedule ran and nothing was wrong. */
  problem: { rule: string; message: string; object: string; function: string; thread: number } | undefined;
  /** Why the schedule does not fit this program, if so. */
  misfit: string | undefined;
}

/** Executes a schedule again, one instruction at a time, and tells what each thread did. */
export function replay(scenario: Scenario, segments: readonly Segment[]): Replayed {
  const execution = setUp(scenario);
  try {
    return replayOn(execution, scenario, segments);
  } finally {
    execution.machine.release();
  }
}

function replayOn(execution: Execution, scenario: Scenario, segments: readonly Segment[]): Replayed {
  const { machine, store, functions } = execution;
  store.restore(execution.base);
  functions.forEach((fn, thread) => {
    machine.spawn(thread, fn);
  });
  const replayed: Replayed = { acts: [], problem: undefined, misfit: undefined };
  const teller = new Teller(machine, replayed.acts);
  const visited = new Set<number>();
  let thread = 0;
  try {
    for (const segment of segments) {
      if (machine.progressed) visited.clear();
      machine.progressed = false;
      visited.add(stateOf(execution));
      thread = segment.thread;
      if (!runSegment(machine, segment, teller)) {
        replayed.misfit = 'the schedule goes on after its thread has returned';
        return replayed;
      }
    }
    const comesRound = !machine.progressed && visited.has(stateOf(execution));
    replayed.problem =
      atEnd(execution, scenario, thread) ?? (comesRound ? round(machine, thread) : undefined);
  } catch (thrown) {
    if (thrown instanceof NotAnalysed) replayed.misfit = thrown.message;
    else if (thrown instanceof Violation) replayed.problem = describe(machine, thrown, thread);
    else throw thrown;
  }
  return replayed;
}

function runSegment(machine: Machine, segment: Segment, teller: Teller): boolean {
  const { thread, choices } = segment;
  const r = machine.threads[thread] as Int32Array | undefined;
  if (r === undefined) return false;
  let outcome = 0;
  const stepper = new Stepper(machine, thread);
  for (let n = 0; n < segment.instructions; n++) {
    if (r[Thread.Status] !== 1) return false;
    const chooses = teller.before(thread);
    const stop = stepper.step(chooses ? (choices[outcome++] ?? 0) : 0);
    if (stop === Stop.Done) machine.progressed = true;
    else teller.after(thread);
  }
  return true;
}

function describe(machine: Machine, violation: Violation, thread: number): Replayed['problem'] {
  const name = thread < 0 ? '' : (placeOf(machine, thread)?.fn.name ?? '');
  return {
    rule: violation.rule,
    message: violation.message,
    object: violation.object,
    function: name,
    thread,
  };
}

/** The checks of the last state: conditions that always hold, those of the end, and whether anybody is stuck. */
function atEnd(execution: Execution, scenario: Scenario, last: number): Replayed['problem'] {
  const { machine, store, functions } = execution;
  try {
    for (const check of scenario.always) runAlone(machine, functionNamed(machine, check));
  } catch (thrown) {
    if (thrown instanceof Violation) return describe(machine, thrown, last);
    throw thrown;
  }
  const running = functions
    .map((_, t) => t)
    .filter((t) => (machine.threads[t] as Int32Array)[Thread.Status] === 1);
  try {
    if (running.length === 0)
      for (const check of scenario.finally) runAlone(machine, functionNamed(machine, check));
  } catch (thrown) {
    if (thrown instanceof Violation) return describe(machine, thrown, -1);
    throw thrown;
  }
  for (const thread of running) stand(machine, thread);
  // Who comes to an end on the way to its next point is not stuck, and the schedule ends too early.
  const goesOn = (t: number) => (machine.threads[t] as Int32Array)[Thread.Status] !== 1 || machine.enabled(t);
  if (running.length === 0 || running.some(goesOn)) return undefined;
  const state = store.save();
  const stuck = classify(machine, functions.length, () => store.restore(state));
  return { ...stuck, object: '' };
}

/** The last state is one that was there before, and nothing was achieved in between. */
function round(machine: Machine, thread: number): Replayed['problem'] {
  const name = placeOf(machine, thread)?.fn.name ?? '';
  return { rule: 'livelock', message: livelockMessage, object: '', function: name, thread };
}

/** Where the machine is; whether a stack was once pointed to is forgotten when it is no more. */
function stateOf({ machine, store, functions }: Execution): number {
  for (let t = 0; t < functions.length; t++) machine.isPrivate(t, 0);
  return store.save();
}

let nothingVisible = new Uint8Array(0);

/** Lets a thread find out that it stands before a wait; it runs nothing that others could see. */
function stand(machine: Machine, thread: number): void {
  const { length } = machine.memory.words;
  if (nothingVisible.length < length) nothingVisible = new Uint8Array(length);
  machine.watch = {
    visible: nothingVisible,
    full: true,
    record() {},
    use() {},
    wants() {},
    waits() {},
    isContended: () => true,
  };
  run(machine, thread, { advance: true });
  machine.watch = undefined;
}

const nothing: readonly number[] = [];

/** A function on a thread's stack, and the line it is at. */
interface At {
  fn: Fn;
  line: number;
}

/** A frame of a thread's stack, as it was when last looked at; nobody keeps an `At` of it. */
interface Frame extends At {
  frame: number;
  caller: Frame | undefined;
  /** Whose lines are told: the innermost function under review, or of the race, or of all. */
  told: At;
}

/** The innermost frame after a call or a return: a thread begins with one, and every other is met when it is entered. */
function follow(top: Frame | undefined, fn: Fn, frame: number, callerFrame: number): Frame {
  if (top?.caller?.frame === frame) return top.caller;
  const caller = top?.frame === callerFrame ? top : undefined;
  const entered = { fn, line: 0, frame, caller } as Frame;
  entered.told = toldOf(entered);
  return entered;
}

function toldOf(top: Frame): At {
  const told = top.caller?.told;
  if (told === undefined || (isUnderReview(top.fn) && !onlyComputes(top.fn))) return top;
  if (isUnderReview(told.fn)) return told;
  return top.fn.origin !== 'race' && told.fn.origin === 'race' ? told : top;
}

/** Turns instructions about to run, and frames that came and went, into acts. */
class Teller {
  private readonly stacks: (Frame | undefined)[] = [];

  constructor(
    private readonly machine: Machine,
    private readonly acts: Act[],
  ) {}

  /** True when the next instruction is a choice. */
  before(thread: number): boolean {
    const { program, code, threads } = this.machine;
    const r = threads[thread] as Int32Array;
    const pc = r[Thread.Pc] as number;
    const fn = program.functions[code.functionAt[pc] as number] as Fn;
    const instruction = fn.code[code.instructionAt[pc] as number] as Instruction;
    const frame = r[Thread.Frame] as number;
    let top = this.stacks[thread];
    // Only a call or a return changes more of a stack than the line of its innermost function.
    if (top?.frame !== frame) top = follow(top, fn, frame, r[frame - 3] as number);
    this.stacks[thread] = top;
    top.line = instruction.line;
    this.tell(thread, top.told, instruction, isUnderReview(fn) && !onlyComputes(fn));
    return instruction.op === 'intrinsic' && instruction.name === '__choose';
  }

  /** A call or a return changed the stack. */
  after(thread: number): void {
    const top = this.stacks[thread] as Frame;
    const { program, code, threads } = this.machine;
    const r = threads[thread] as Int32Array;
    const now = r[Thread.Frame] as number;
    if (now === top.frame) return;
    const fn = program.functions[code.functionAt[r[Thread.Pc] as number] as number] as Fn;
    if (now > top.frame) this.entered(thread, top, top.told, fn);
    else this.left(thread, top.caller, top);
  }

  private entered(thread: number, caller: At, told: At, fn: Fn): void {
    if (onlyComputes(fn)) return;
    if (isUnderReview(fn)) this.push(thread, told, 'enter', fn.name, this.argumentsOf(thread, fn), fn);
    else if (isUnderReview(caller.fn))
      this.push(thread, caller, 'call', fn.name, this.argumentsOf(thread, fn), fn);
  }

  private left(thread: number, caller: At | undefined, left: At): void {
    if (caller === undefined || (!isUnderReview(left.fn) && !isUnderReview(caller.fn))) return;
    if (onlyComputes(left.fn)) return;
    const at = isUnderReview(left.fn) ? left : caller;
    // What a return gives was read when it was about to be run.
    this.push(thread, at, 'return', left.fn.name, nothing, left.fn, this.values[thread]);
  }

  private values: (number | undefined)[] = [];

  private tell(thread: number, at: At, i: Instruction, own: boolean): void {
    if (i.op === 'return') this.values[thread] = i.a === undefined ? undefined : this.read(thread, i.a);
    if (own) this.push(thread, at, 'line', '', nothing, undefined);
    if (i.op === 'store' && own) {
      const address = this.read(thread, i.address) + i.offset;
      const name = this.machine.nameOf(address);
      if (name !== undefined)
        this.push(thread, at, 'store', name, [address, this.read(thread, i.a)], undefined);
    }
    if (i.op !== 'intrinsic') return;
    const args = i.args.map((operand) => this.read(thread, operand));
    if (i.name === '__acquired')
      this.push(thread, at, 'acquire', this.lockName(args[0] as number), args, undefined);
    else if (i.name === '__released')
      this.push(thread, at, 'release', this.lockName(args[0] as number), args, undefined);
    else if (i.name === '__sleep_ne') this.push(thread, at, 'sleep', '', args, undefined);
    else if (i.name === '__event') this.push(thread, at, 'event', i.text[0] ?? '', args, undefined);
  }

  private lockName(address: number): string {
    return fieldNameOf(this.machine, address) ?? this.machine.nameOf(address) ?? 'lock';
  }

  private argumentsOf(thread: number, fn: Fn): number[] {
    const r = this.machine.threads[thread] as Int32Array;
    const fp = r[Thread.Frame] as number;
    return Array.from({ length: fn.parameters }, (_, n) => r[fp + n] as number);
  }

  private read(thread: number, operand: number): number {
    const r = this.machine.threads[thread] as Int32Array;
    return (
      operand >= 0 ? r[(r[Thread.Frame] as number) + operand] : this.machine.constants[~operand]
    ) as number;
  }

  private push(
    thread: number,
    at: At,
    kind: Act['kind'],
    name: string,
    args: readonly number[],
    callee: Fn | undefined,
    value?: number,
  ): void {
    this.acts.push({ thread, fn: at.fn, line: at.line, kind, name, args, value, callee });
  }
}
