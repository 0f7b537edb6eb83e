import type { Machine } from '../vm/machine.js';
import type { Fn, Instruction } from '../vm/program.js';
import { run, Stop } from '../vm/run.js';
import { Thread } from '../vm/thread.js';
import { NotAnalysed, Violation } from '../vm/violation.js';
import { classify } from './deadlock.js';
import { type Execution, functionNamed, runAlone, setUp } from './execution.js';
import { livelockMessage } from './livelock.js';
import type { Scenario, Segment } from './scenario.js';
import { fieldNameOf, frames, isUnderReview, placeOf } from './where.js';

/** Something worth telling that a thread did, at a line of the code under review (or of the race's own). */
export interface Act {
  thread: number;
  fn: Fn;
  line: number;
  kind: 'enter' | 'return' | 'call' | 'acquire' | 'release' | 'event' | 'store' | 'line' | 'sleep';
  /** Function called, lock or event name, or the global stored to. */
  name: string;
  args: number[];
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
  for (let n = 0; n < segment.instructions; n++) {
    if (r[Thread.Status] !== 1) return false;
    const chooses = teller.before(thread);
    const stop = run(machine, thread, { limit: 1, choice: chooses ? (choices[outcome++] ?? 0) : 0 });
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
  if (running.length === 0 || running.some((thread) => machine.enabled(thread))) return undefined;
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
    isContended: () => true,
  };
  run(machine, thread, { advance: true });
  machine.watch = undefined;
}

/** Turns instructions about to run, and frames that came and went, into acts. */
class Teller {
  private readonly depths: number[] = [];

  constructor(
    private readonly machine: Machine,
    private readonly acts: Act[],
  ) {}

  private stacks: { fn: Fn; line: number }[][] = [];

  /** True when the next instruction is a choice. */
  before(thread: number): boolean {
    const all = frames(this.machine, thread);
    const top = all[0];
    if (top === undefined) return false;
    const instruction = top.fn.code[top.instruction] as Instruction;
    this.stacks[thread] = all.map(({ fn, instruction: at }) => ({
      fn,
      line: (fn.code[at] as Instruction).line,
    }));
    this.depths[thread] = all.length;
    const told = this.tellerFrame(thread);
    if (told !== undefined) this.tell(thread, told, instruction, isUnderReview(top.fn));
    return instruction.op === 'intrinsic' && instruction.name === '__choose';
  }

  /** A call or a return changed the stack. */
  after(thread: number): void {
    const before = this.stacks[thread] as { fn: Fn; line: number }[];
    const now = frames(this.machine, thread);
    const top = before[0] as { fn: Fn; line: number };
    if (now.length > before.length) this.entered(thread, top, (now[0] as { fn: Fn }).fn);
    else if (now.length < before.length) this.left(thread, before, top);
  }

  private entered(thread: number, caller: { fn: Fn; line: number }, fn: Fn): void {
    const told = this.tellerFrame(thread);
    if (isUnderReview(fn))
      this.push(thread, told ?? caller, 'enter', fn.name, this.argumentsOf(thread, fn), fn);
    else if (isUnderReview(caller.fn))
      this.push(thread, caller, 'call', fn.name, this.argumentsOf(thread, fn), fn);
  }

  private left(thread: number, before: { fn: Fn; line: number }[], left: { fn: Fn; line: number }): void {
    const caller = before[1];
    if (caller === undefined || (!isUnderReview(left.fn) && !isUnderReview(caller.fn))) return;
    const at = isUnderReview(left.fn) ? left : caller;
    this.push(thread, at, 'return', left.fn.name, [], left.fn, this.returned(thread, left));
  }

  /** The value that a return about to be left gave, read from the caller's register afterwards. */
  private returned(thread: number, _left: { fn: Fn; line: number }): number | undefined {
    return this.values[thread];
  }

  private values: (number | undefined)[] = [];

  private tell(thread: number, at: { fn: Fn; line: number }, i: Instruction, own: boolean): void {
    if (i.op === 'return') this.values[thread] = i.a === undefined ? undefined : this.read(thread, i.a);
    if (own) this.push(thread, at, 'line', '', [], undefined);
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

  private tellerFrame(thread: number): { fn: Fn; line: number } | undefined {
    const all = this.stacks[thread] ?? [];
    return all.find(({ fn }) => isUnderReview(fn)) ?? all.find(({ fn }) => fn.origin === 'race') ?? all[0];
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
    at: { fn: Fn; line: number },
    kind: Act['kind'],
    name: string,
    args: number[],
    callee: Fn | undefined,
    value?: number,
  ): void {
    this.acts.push({ thread, fn: at.fn, line: at.line, kind, name, args, value, callee });
  }
}
