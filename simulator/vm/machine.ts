import { type Code, codeOf } from './encode.js';
import type { Likeness } from './likeness.js';
import { lockKinds } from './lock.js';
import { chunkWords, Memory } from './memory.js';
import { addressSpace, type Fn, type Global, type Instruction, type Program } from './program.js';
import { frameHeader, monitor, registerFileSize, Thread, Wait } from './thread.js';
import { NotAnalysed, Violation } from './violation.js';
import { WideTable } from './wide.js';

/** Told of every access that other threads could see; says where scheduling points are. */
export interface Watch {
  /** For each word of memory: 0 not visible, 1 visible, 2 visible even to the releases. */
  readonly visible: Uint8Array;
  /** Every shared access is a scheduling point. */
  readonly full: boolean;
  record(thread: number, word: number, write: boolean, sync: boolean): void;
  /** The locks this thread holds have changed. */
  use(thread: number): void;
  /** A thread is about to take a lock; its word is where it will wait. */
  wants(thread: number, lock: number, mode: number): void;
  /** A thread waits at a word: to take a lock, or for a lock that others take to be free. */
  waits(thread: number, address: number, takes: boolean): void;
  /** Whether waiting at this word can depend on another thread. */
  isContended(address: number): boolean;
}

const spareThreads: Int32Array[][] = [];

function newThreads(): Int32Array[] {
  return Array.from({ length: monitor + 1 }, () => new Int32Array(registerFileSize));
}

/** One execution in the making: memory, the register files of its threads, and the program they run. */
export class Machine {
  readonly wide = new WideTable();
  readonly memory = new Memory(this.wide);
  readonly code: Code;
  readonly constants: Int32Array;
  readonly threads: Int32Array[] = spareThreads.pop() ?? newThreads();
  readonly assumptions = new Set<string>();
  /** Unknown functions whose call was executed. */
  readonly unknown = new Set<string>();
  /** Set while the search runs threads; absent during set-up and checks. */
  watch: Watch | undefined;
  /** Threads that do the same, while they are searched as such. */
  likeness: Likeness | undefined;
  /** Told of every word that a check reads. */
  observe: ((word: number) => void) | undefined;
  /** Which functions were ever entered, by id. */
  readonly entered: Uint8Array;
  /** The locks that a check asked about (`__held`): it only runs where they are free. */
  readonly asked = new Set<number>();
  /** Bits of the threads whose words may have changed since the search last stored or loaded them. */
  stirred = -1;
  /** Makes progress visible to the livelock check: counted per run. */
  progressed = false;
  /** By function: whether it awaits, and whether it takes a lock, once that was asked. */
  private readonly awaiting: (boolean | undefined)[] = [];
  private readonly taking: (boolean | undefined)[] = [];

  constructor(readonly program: Program) {
    this.code = codeOf(program);
    this.constants = Int32Array.from(program.constants, (value) => this.wide.word(value));
    this.entered = new Uint8Array(program.functions.length);
    for (const global of program.globals) this.place(global);
  }

  /** Gives memory and register files back for the next machine; this one must not be used any more. */
  release(): void {
    this.memory.release();
    for (const r of this.threads) r.fill(0);
    if (spareThreads.length < 2) spareThreads.push(this.threads);
  }

  private place(global: Global): void {
    this.memory.mark(global.address, Math.max(1, global.size), true);
    for (const { offset, type, value } of global.initial) {
      this.memory.store(global.address + offset, scalarNumber[type], this.register(type, value));
    }
  }

  private register(type: string, value: bigint): number {
    return type === 'u64' || type === 'i64' ? this.wide.word(value) : Number(BigInt.asIntN(32, value));
  }

  /** Whether running this function only synchronises (see Thread.Sync). */
  synchronises(fn: Fn): boolean {
    if (fn.step !== 'atomic') return fn.step === 'fused';
    this.awaiting[fn.id] ??= (fn.body ?? fn).code.some(isAwait);
    return this.awaiting[fn.id] as boolean;
  }

  /** Whether a wait in this function is for a lock that it takes. */
  takes(fn: Fn): boolean {
    this.taking[fn.id] ??= (fn.body ?? fn).code.some((i) => i.op === 'intrinsic' && i.name === '__acquiring');
    return this.taking[fn.id] as boolean;
  }

  spawn(thread: number, fn: Fn): void {
    const r = this.threads[thread] as Int32Array;
    this.stirred |= 1 << thread;
    r.fill(0, 0, Thread.FirstFrame + frameHeader + fn.registers);
    r[Thread.Status] = 1;
    r[Thread.Pc] = this.code.entryOf(fn);
    r[Thread.Frame] = Thread.FirstFrame + frameHeader;
    r[Thread.Stack] = addressSpace.stacks + thread * addressSpace.stackSize;
    this.enterFrame(thread, fn);
  }

  /** Gives the frame that begins at Thread.Frame its memory; skips what somebody still points to. */
  enterFrame(thread: number, fn: Fn): void {
    this.entered[fn.id] = 1;
    this.likeness?.enters(fn, this.constants);
    const r = this.threads[thread] as Int32Array;
    const fp = r[Thread.Frame] as number;
    let base = r[Thread.Stack] as number;
    if (fn.frame > 0) {
      if (r[Thread.Escaped] !== 0) while (this.pointedTo(base, base + fn.frame, thread)) base += 64;
      const limit = addressSpace.stacks + thread * addressSpace.stackSize + addressSpace.stackUsed;
      if (base + fn.frame > limit) throw new NotAnalysed(`the stack overflows in ${fn.name}()`);
      this.memory.mark(base, fn.frame, true);
      r[Thread.Stack] = (base + fn.frame + 31) & ~15;
    }
    r[fp - 1] = base;
  }

  leaveFrame(thread: number, fn: Fn): void {
    if (fn.frame === 0) return;
    const r = this.threads[thread] as Int32Array;
    const base = r[(r[Thread.Frame] as number) - 1] as number;
    this.memory.clear(base, (fn.frame + 3) & ~3);
    this.memory.mark(base, fn.frame, false);
    r[Thread.Stack] = base;
  }

  /**
   * Whether nobody else can reach this address of the thread's own stack: no pointer into the object's frame
   * lies anywhere outside. True until the frame is queued somewhere, and again once it was taken off.
   */
  isPrivate(thread: number, address: number): boolean {
    const r = this.threads[thread] as Int32Array;
    if (r[Thread.Escaped] === 0) return true;
    const stack = addressSpace.stacks + thread * addressSpace.stackSize;
    if (!this.pointedTo(stack, stack + addressSpace.stackSize, thread)) {
      r[Thread.Escaped] = 0;
      this.stirred |= 1 << thread;
      return true;
    }
    for (let fp = r[Thread.Frame] as number; fp > 0; fp = r[fp - 3] as number) {
      const base = r[fp - 1] as number;
      if (address >= base) return !this.pointedTo(base, r[Thread.Stack] as number, thread);
    }
    return false;
  }

  /**
   * Whether any cell outside `thread`'s own stack, or below these addresses in it, or any other thread's
   * register, holds such an address: who reaches an outer frame may go on from there to an inner one.
   */
  pointedTo(from: number, to: number, thread: number): boolean {
    const stack = addressSpace.stacks + thread * addressSpace.stackSize;
    const words = this.memory.words;
    if (thread < 0) this.memory.footprint.isOpen = true;
    else this.memory.footprint.searches(from, to, thread);
    for (const chunk of this.memory.written) {
      const first = chunk * chunkWords;
      const own = first >= stack >> 2 && first < (stack + addressSpace.stackSize) >> 2;
      if (first >= shadowStart) continue;
      const end = own ? Math.min(first + chunkWords, from >> 2) : first + chunkWords;
      for (let word = first; word < end; word++) {
        const value = words[word] as number;
        if (value >= from && value < to) return true;
      }
    }
    return this.threads.some((_, other) => other !== thread && this.holds(other, from, to));
  }

  /** Whether a register of the thread's frames holds such an address; what lies behind them is stale. */
  private holds(thread: number, from: number, to: number): boolean {
    const r = this.threads[thread] as Int32Array;
    const end = this.extent(thread);
    for (let n: number = Thread.FirstFrame; n < end; n++)
      if ((r[n] as number) >= from && (r[n] as number) < to) return true;
    return false;
  }

  /** How many words of its register file are a thread's state. */
  extent(thread: number): number {
    const r = this.threads[thread] as Int32Array;
    if (r[Thread.Status] !== 1) return 1;
    const fn = this.program.functions[this.code.functionAt[r[Thread.Pc] as number] as number] as Fn;
    return (r[Thread.Frame] as number) + fn.registers;
  }

  enabled(thread: number): boolean {
    const r = this.threads[thread] as Int32Array;
    if (r[Thread.Status] !== 1) return false;
    return this.passes(
      r[Thread.Wait] as number,
      r[Thread.WaitAddress] as number,
      r[Thread.WaitValue] as number,
    );
  }

  passes(wait: number, address: number, value: number): boolean {
    return passes(wait, this.memory.read32(address), value);
  }

  /** Throws the violation that an access to a place that does not exist is. */
  checkAccess(address: number, size: number): void {
    if (this.memory.exists(address) && (size <= 1 || this.memory.exists(address + size - 1))) return;
    if (address >= 0 && address < 0x1000)
      throw new Violation('null-dereference', 'a NULL pointer is dereferenced');
    if (address < 0 && address >= -4096) {
      throw new Violation('wild-access', 'an error pointer is dereferenced');
    }
    if (address >= addressSpace.stacks && address < endOfStacks) {
      throw new Violation(
        'use-after-free',
        'an object on the stack of a function that returned is used',
        'stack',
      );
    }
    const name = this.nameOf(address);
    if (name !== undefined) {
      const what = name.replace(/^world_/, 'the ');
      throw new Violation('use-after-free', `${what} is used after it was freed`, name);
    }
    if (address >= addressSpace.heap && address < addressSpace.stacks) {
      throw new Violation('use-after-free', 'freed memory is used', 'heap');
    }
    throw new Violation('wild-access', 'a pointer to nowhere is dereferenced');
  }

  nameOf(address: number): string | undefined {
    return globalAt(this.program, address)?.name;
  }

  /** The thread has returned: it may hold nothing. */
  finish(thread: number): void {
    const r = this.threads[thread] as Int32Array;
    if (r[Thread.Locks] !== 0) {
      const lock = r[Thread.FirstLock] as number;
      throw new Violation('lock-leak', 'a thread returns with a lock held', this.nameOf(lock) ?? 'lock');
    }
    r.fill(0, 0, registerFileSize >> 3);
    r[Thread.Status] = 2;
  }

  /** Why this thread's next sleep would be wrong, if it would. */
  whyAtomic(thread: number): string | undefined {
    const r = this.threads[thread] as Int32Array;
    for (let n = 0; n < (r[Thread.Locks] as number); n++) {
      const kind = lockKinds[(r[Thread.FirstLock + 2 * n + 1] as number) >> 2];
      if (kind?.atomic) return kind.name;
    }
    return undefined;
  }
}

/** Whether a wait for a value is over, when its word is what was found. */
export function passes(wait: number, found: number, value: number): boolean {
  switch (wait) {
    case Wait.Equal:
      return found === value;
    case Wait.NotEqual:
    case Wait.Sleep:
      return found !== value;
    case Wait.AtLeast:
      return found >= value;
    default:
      return true;
  }
}

/** The global that an address lies in. */
export function globalAt(program: Program, address: number): Global | undefined {
  return program.globals.find((g) => address >= g.address && address < g.address + g.size);
}

export const scalarNumber: Record<string, number> = {
  i8: 0,
  u8: 1,
  i16: 2,
  u16: 3,
  i32: 4,
  u32: 5,
  i64: 6,
  u64: 7,
  bool: 8,
};

export const endOfStacks = addressSpace.stacks + 10 * addressSpace.stackSize;
const shadowStart = endOfStacks >> 2;

function isAwait(instruction: Instruction): boolean {
  return instruction.op === 'intrinsic' && /^__(await|sleep)_/.test(instruction.name);
}
