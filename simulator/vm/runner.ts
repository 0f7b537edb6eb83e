import { endOfStacks, type Machine, type Watch } from './machine.js';
import { byteShift } from './memory.js';
import { addressSpace, type Fn, type Instruction } from './program.js';
import { frameHeader, registerFileSize, Thread, Wait } from './thread.js';
import { NotAnalysed, Violation } from './violation.js';
import { smallest } from './wide.js';

/** How a run ended. */
export enum Stop {
  /** At a scheduling point: something another thread may come before. */
  Point = 0,
  /** The thread returned from its first function. */
  Done = 1,
  /** So many instructions were run as were asked for. */
  Limit = 2,
}

/** One thread while it runs: its place, and the rules of where it must stop. */
export class Runner {
  readonly R: Int32Array;
  readonly code: Int32Array;
  readonly stackLow: number;
  readonly stackHigh: number;
  pc: number;
  fp: number;
  executed = 0;
  /** The scheduling point the thread stands at is not yet passed. */
  fresh: boolean;
  /** Inside an `atomic` or `fused` function. */
  sections: boolean;
  private readonly K: Int32Array;
  private readonly watch: Watch | undefined;

  constructor(
    readonly m: Machine,
    readonly thread: number,
    fresh: boolean,
  ) {
    this.R = m.threads[thread] as Int32Array;
    this.code = m.code.words;
    this.K = m.constants;
    this.watch = m.watch;
    this.fresh = fresh;
    this.stackLow = addressSpace.stacks + thread * addressSpace.stackSize;
    this.stackHigh = this.stackLow + addressSpace.stackSize;
    this.pc = this.R[Thread.Pc] as number;
    this.fp = this.R[Thread.Frame] as number;
    this.sections = ((this.R[Thread.Atomic] as number) | (this.R[Thread.Fused] as number)) !== 0;
    this.wait(Wait.None, 0, 0);
  }

  /** The value of the operand at a word of the code. */
  operand(word: number): number {
    const x = this.code[word] as number;
    return (x >= 0 ? this.R[this.fp + x] : this.K[~x]) as number;
  }

  set(register: number, value: number): void {
    this.R[this.fp + register] = value;
  }

  /** The function that runs. */
  get fn(): Fn {
    return this.m.program.functions[this.m.code.functionAt[this.pc] as number] as Fn;
  }

  save(): void {
    this.R[Thread.Pc] = this.pc;
    this.R[Thread.Frame] = this.fp;
    this.zero(this.m.code.deadAt(this.pc));
  }

  /** Stops before the instruction at `pc`, which is not counted as executed. */
  pause(): Stop {
    this.executed--;
    this.save();
    return Stop.Point;
  }

  wait(kind: Wait, address: number, value: number): void {
    this.R[Thread.Wait] = kind;
    this.R[Thread.WaitAddress] = address;
    this.R[Thread.WaitValue] = value;
  }

  private zero(dead: Int32Array | undefined): void {
    if (dead) for (let n = 0; n < dead.length; n++) this.R[this.fp + (dead[n] as number)] = 0;
  }

  /** How visible an access is to others: 0 not, 1 yes, 2 even when it belongs to a release. */
  visibility(address: number, size: number, write: boolean): number {
    const { watch, m } = this;
    const last = (address + size - 1) >> 2;
    if (watch === undefined) {
      if (m.observe) for (let word = address >> 2; word <= last; word++) m.observe(word);
      return 0;
    }
    const own = address >= this.stackLow && address < this.stackHigh;
    // Recorded all the same: who was here while it was nobody else's may be in the way of who still comes.
    const hidden = own && m.isPrivate(this.thread, address);
    let seen = watch.full && !own ? 2 : 0;
    const sync = this.R[Thread.Sync] !== 0;
    for (let word = address >> 2; word <= last; word++) {
      watch.record(this.thread, word, write, sync);
      const v = watch.visible[word] as number;
      if (v > seen) seen = v;
    }
    return hidden ? 0 : seen;
  }

  /** Before an access so visible: true when others must get the chance to come first. */
  stopsAt(seen: number): boolean {
    if (seen === 0) return false;
    if (this.sections) {
      if (this.R[Thread.Taken] !== 0) return false;
      if (this.R[Thread.Fused] !== 0 && seen < 2) return false;
    }
    if (!this.fresh) return true;
    this.pass();
    return false;
  }

  /** It changes a lock's word as nobody does who takes the lock and gives it back; true when it must stop before. */
  meddles(lock: number): boolean {
    const { watch, thread } = this;
    if (watch === undefined) return false;
    watch.record(thread, lock >> 2, true, false);
    this.m.memory.footprint.touch(lock >> byteShift);
    return this.stopsAt(watch.full ? 2 : (watch.visible[lock >> 2] as number));
  }

  /** The thread goes through its scheduling point. */
  pass(): void {
    this.fresh = false;
    if (this.sections) this.R[Thread.Taken] = 1;
  }

  /** Words were written: an address of the thread's stack may be among them, stored whole or part by part. */
  escapes(address: number, size: number): void {
    const { stackLow, stackHigh } = this;
    if (address >= stackLow && address < stackHigh) return;
    const { words } = this.m.memory;
    for (let word = address >> 2; word <= (address + size - 1) >> 2; word++) {
      const value = words[word] as number;
      if (value >= stackLow && value < stackHigh) this.R[Thread.Escaped] = 1;
    }
  }

  enter(fn: Fn, argc: number, args: number, d: number, next: number): void {
    const { R, m } = this;
    const caller = this.fn;
    const frame = this.fp + caller.registers + frameHeader;
    if (frame + fn.registers + 8 > registerFileSize)
      throw new NotAnalysed(`recursion in ${fn.name}() is too deep`);
    // What lies behind the caller's frame is stale.
    const given = Math.min(argc, fn.parameters);
    for (let n = 0; n < given; n++) R[frame + n] = this.operand(args + n);
    for (let n = given; n < fn.registers; n++) R[frame + n] = 0;
    this.zero(m.code.deadInCall(this.pc));
    R[frame - 4] = next;
    R[frame - 3] = this.fp;
    R[frame - 2] = d;
    this.fp = frame;
    R[Thread.Frame] = frame;
    m.enterFrame(this.thread, fn);
    this.section(fn, 1);
    this.pc = m.code.entryOf(fn);
  }

  /**
   * Leaving a frame that somebody can still reach is like a write to all of it. True when the thread must
   * stop before it.
   */
  vanishes(): boolean {
    const { R } = this;
    const { fn } = this;
    if (fn.frame === 0 || this.watch === undefined) return false;
    return this.stopsAt(this.visibility(R[this.fp - 1] as number, fn.frame, true));
  }

  /** Leaves the innermost function; true when it was the thread's first. */
  leave(value: number): boolean {
    const { R, m } = this;
    const { fn } = this;
    m.leaveFrame(this.thread, fn);
    this.section(fn, -1);
    const caller = R[this.fp - 3] as number;
    if (caller === 0) {
      m.finish(this.thread);
      return true;
    }
    const d = R[this.fp - 2] as number;
    this.pc = R[this.fp - 4] as number;
    this.fp = caller;
    R[Thread.Frame] = caller;
    if (d >= 0) R[caller + d] = value;
    return false;
  }

  private section(fn: Fn, by: 1 | -1): void {
    if (fn.step === 'plain') return;
    const { R } = this;
    const kind = fn.step === 'atomic' || this.watch?.full ? Thread.Atomic : Thread.Fused;
    R[kind] = (R[kind] as number) + by;
    if (this.m.synchronises(fn)) R[Thread.Sync] = (R[Thread.Sync] as number) + by;
    this.sections = ((R[Thread.Atomic] as number) | (R[Thread.Fused] as number)) !== 0;
    if (!this.sections) R[Thread.Taken] = 0;
  }

  /** Throws the violation that an access there is, if it is one; the thread's place is then right. */
  check(base: number, address: number, size: number): void {
    this.R[Thread.Pc] = this.pc;
    this.R[Thread.Frame] = this.fp;
    if (base < smallest) throw new Violation('wild-access', 'a pointer to nowhere is dereferenced');
    // A member of an object at NULL or at an error code is what that pointer is, however far inside.
    if (base >= -4096 && base < 0x1000) this.m.checkAccess(base, 1);
    for (const at of [address, address + size - 1]) if (!this.m.memory.exists(at)) this.misses(at);
    this.m.checkAccess(address, size);
  }

  /** What is gone is looked for all the same: who takes it away must let others come first. Whether it is visible. */
  misses(address: number): number {
    const isNowhere = address < addressSpace.globals || address >= endOfStacks;
    if (isNowhere) return 0;
    this.m.memory.footprint.touch(address >> byteShift);
    return this.visibility(address, 1, false);
  }

  /** The instruction that runs; numbers of its constants and callees are those of its body. */
  instruction(): Instruction {
    const { fn } = this;
    return (fn.body ?? fn).code[this.m.code.instructionAt[this.pc] as number] as Instruction;
  }
}
