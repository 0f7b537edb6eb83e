import { lockKinds, writeMode } from './lock.js';
import type { Machine } from './machine.js';
import { addressSpace } from './program.js';
import { maximumLocks, monitor, Thread } from './thread.js';
import { NotAnalysed, Violation } from './violation.js';

/** The model's primitives that are no scheduling points (simulator/kernel/README.md). Returns a register word. */
export function callIntrinsic(
  m: Machine,
  thread: number,
  name: string,
  args: readonly number[],
  text: readonly string[],
): number {
  const r = m.threads[thread] as Int32Array;
  const [a = 0, b = 0, c = 0] = args;
  switch (name) {
    case '__self':
      if (m.likeness?.has(thread)) m.likeness.tellApart('__self() is asked');
      return thread;
    case '__own':
      m.likeness?.addRow(a, b);
      return a + thread * b;
    case '__any':
      m.likeness?.asksAll(a, b);
      return anybody(m, a, b);
    case '__alone':
      return thread === monitor ? 1 : 0;
    case '__acquiring':
      acquiring(m, thread, a, b);
      m.watch?.wants(thread, a, c);
      return 0;
    case '__acquired':
      acquired(r, a, b, c);
      return 0;
    case '__released':
      released(m, thread, a, b, c);
      return 0;
    case '__holds':
      return modeOf(r, a);
    case '__held':
      m.asked.add(a);
      m.memory.footprint.asks(a);
      return Math.max(...m.threads.map((other) => modeOf(other, a)));
    case '__might_sleep':
      mightSleep(m, thread);
      return 0;
    case '__assert':
      if (a === 0) throw new Violation(text[0] ?? 'assertion', text[1] ?? 'an assertion fails');
      return 0;
    case '__violate':
      throw new Violation(text[0] ?? 'assertion', text[1] ?? 'an assertion fails');
    case '__warn':
      throw new Violation('warning', text[0] ?? 'a WARN is hit');
    case '__assume':
      m.assumptions.add(text[0] ?? '');
      return 0;
    case '__progress':
      m.progressed = true;
      return 0;
    case '__event':
      return 0;
    case '__alloc':
      return allocate(m, thread, a);
    case '__free':
      free(m, a);
      return 0;
    default:
      throw new NotAnalysed(`the machine does not know ${name}()`);
  }
}

/** Looks at all of them: each could be where the thread has to stop. */
function anybody(m: Machine, first: number, stride: number): number {
  let found = 0;
  for (let t = 0; t < monitor; t++) if (m.memory.read32(first + t * stride) !== 0) found = 1;
  return found;
}

export function modeOf(r: Int32Array, lock: number): number {
  if (r[Thread.Status] !== 1) return 0;
  for (let n = 0; n < (r[Thread.Locks] as number); n++) {
    if (r[Thread.FirstLock + 2 * n] === lock) return (r[Thread.FirstLock + 2 * n + 1] as number) & 3;
  }
  return 0;
}

function acquiring(m: Machine, thread: number, lock: number, kind: number): void {
  const what = lockKinds[kind];
  if (what === undefined) throw new NotAnalysed(`lock kind ${kind} is not in the table`);
  if (what.sleeps) mightSleep(m, thread);
  if (!what.nests && modeOf(m.threads[thread] as Int32Array, lock) !== 0) {
    throw new Violation(
      'recursive-lock',
      `a ${what.name} is taken by the thread that holds it`,
      m.nameOf(lock) ?? what.name,
    );
  }
}

function acquired(r: Int32Array, lock: number, kind: number, mode: number): void {
  const count = r[Thread.Locks] as number;
  if (count >= maximumLocks) throw new NotAnalysed(`a thread holds more than ${maximumLocks} locks`);
  r[Thread.FirstLock + 2 * count] = lock;
  r[Thread.FirstLock + 2 * count + 1] = kind * 4 + mode;
  r[Thread.Locks] = count + 1;
}

function released(m: Machine, thread: number, lock: number, kind: number, mode: number): void {
  const what = lockKinds[kind];
  if (what === undefined) throw new NotAnalysed(`lock kind ${kind} is not in the table`);
  if (drop(m.threads[thread] as Int32Array, lock, mode)) return;
  if (what.changesHands) {
    const holders = m.threads.filter((r) => modeOf(r, lock) !== 0);
    if (holders.length > 1) m.likeness?.tellApart('a lock that several hold changes hands');
    m.memory.footprint.isOpen = true;
    m.stirred = -1;
    for (const r of m.threads) if (drop(r, lock, mode)) return;
  }
  const held = modeOf(m.threads[thread] as Int32Array, lock);
  const how = mode === writeMode ? 'for writing' : 'for reading';
  const message =
    held === 0
      ? `a ${what.name} is released by a thread that does not hold it`
      : `a ${what.name} is released ${how}, but it is held the other way`;
  throw new Violation('wrong-unlock', message, m.nameOf(lock) ?? what.name);
}

function drop(r: Int32Array, lock: number, mode: number): boolean {
  const at = holdOf(r, lock, mode);
  if (at < 0) return false;
  const count = r[Thread.Locks] as number;
  r.copyWithin(at, at + 2, Thread.FirstLock + 2 * count);
  r[Thread.FirstLock + 2 * count - 2] = 0;
  r[Thread.FirstLock + 2 * count - 1] = 0;
  r[Thread.Locks] = count - 1;
  return true;
}

/** Where a thread's words say that it holds a lock so, or -1. The last taken first, as nested sections end. */
export function holdOf(r: Int32Array, lock: number, mode: number): number {
  if (r[Thread.Status] !== 1) return -1;
  for (let n = (r[Thread.Locks] as number) - 1; n >= 0; n--) {
    const at = Thread.FirstLock + 2 * n;
    if (r[at] === lock && ((r[at + 1] as number) & 3) === mode) return at;
  }
  return -1;
}

function mightSleep(m: Machine, thread: number): void {
  const why = m.whyAtomic(thread);
  if (why !== undefined) throw new Violation('sleep-in-atomic', `a thread sleeps inside a ${why}`, why);
}

const arena = addressSpace.heapSize;
const header = 16;

/**
 * The lowest place of the thread's own arena that is free and that no cell points to: addresses do not
 * depend on the interleaving, and freed memory is not reused while somebody could still use it.
 */
function allocate(m: Machine, thread: number, size: number): number {
  if (size < 0 || size > arena / 2) throw new NotAnalysed(`an allocation of ${size} bytes`);
  const first = addressSpace.heap + thread * arena;
  const whole = (header + Math.max(1, size) + 63) & ~63;
  for (let block = first; block + whole <= first + arena; block += 64) {
    if (isTaken(m, block, whole) || m.pointedTo(block, block + whole, -1)) continue;
    m.memory.write32(block, size);
    m.memory.mark(block + header, Math.max(1, size), true);
    m.memory.clear(block + header, (size + 3) & ~3);
    return block + header;
  }
  throw new NotAnalysed('the model heap is exhausted');
}

function isTaken(m: Machine, block: number, whole: number): boolean {
  for (let address = block; address < block + whole; address += 16) if (m.memory.exists(address)) return true;
  return false;
}

/** Bytes of a live object that begins there, a global's or of the heap; 0 when there is none. */
export function sizeOfObject(m: Machine, address: number): number {
  if (!m.memory.exists(address)) return 0;
  const global = m.program.globals.find((g) => g.address === address);
  if (global) return Math.max(1, global.size);
  return isOfHeap(address) ? Math.max(1, m.memory.read32(address - header)) : 0;
}

function isOfHeap(address: number): boolean {
  return address >= addressSpace.heap && address < addressSpace.stacks && (address & 63) === header;
}

function free(m: Machine, address: number): void {
  if (address === 0) return;
  m.likeness?.frees(address);
  const global = m.program.globals.find((g) => g.address === address);
  if (!global && !isOfHeap(address)) {
    throw new Violation('wild-access', 'something that was never allocated is freed');
  }
  const size = sizeOfObject(m, address);
  m.likeness?.reaches(address, address, size);
  if (size === 0) throw new Violation('use-after-free', 'something is freed twice', global?.name ?? 'heap');
  // Its bytes can never be read again; zeroed, they keep no other object from being reused.
  m.memory.clear(address, (size + 3) & ~3);
  m.memory.mark(address, size, false);
}
