import { callIntrinsic, holdOf, sizeOfObject } from './intrinsic.js';
import type { Instruction } from './program.js';
import type { Runner } from './runner.js';
import { monitor, Thread, Wait } from './thread.js';
import { NotAnalysed } from './violation.js';

// Instructions that touch more than a word, or whose like only the model knows. Each is true when the thread must
// stop before it.

/** Both halves are one access. */
export function copy(r: Runner, at: number): boolean {
  const to = r.operand(at + 1);
  const from = r.operand(at + 2);
  const size = r.code[at + 3] as number;
  if (size > 0) {
    r.m.likeness?.reaches(from, from, size);
    r.m.likeness?.reaches(to, to, size);
    r.check(from, from, size);
    r.check(to, to, size);
    if (r.stopsAt(Math.max(r.visibility(from, size, false), r.visibility(to, size, true)))) return true;
    const { memory, likeness } = r.m;
    const cuts = ((to | from | size) & 3) !== 0;
    if (cuts) likeness?.cuts(memory, from, size, to);
    memory.copy(to, from, size);
    if (cuts) likeness?.cuts(memory, to, size);
    r.escapes(to, size);
  }
  r.pc = at + 4;
  return false;
}

export function clear(r: Runner, at: number): boolean {
  const address = r.operand(at + 1);
  const size = r.code[at + 2] as number;
  if (size > 0) {
    r.m.likeness?.reaches(address, address, size);
    r.check(address, address, size);
    if (r.stopsAt(r.visibility(address, size, true))) return true;
    const { memory, likeness } = r.m;
    const cuts = ((address | size) & 3) !== 0;
    if (cuts) likeness?.cuts(memory, address, size);
    memory.clear(address, size);
    if (cuts) likeness?.cuts(memory, address, size);
  }
  r.pc = at + 3;
  return false;
}

/** Freeing takes the object from everybody, like a write to all of it. */
export function intrinsic(r: Runner, at: number): boolean {
  const count = r.code[at + 2] as number;
  const args: number[] = [];
  for (let n = 0; n < count; n++) args.push(r.operand(at + 4 + n));
  // An allocation asks who still points where: a register that nobody will read again does not.
  r.save();
  const i = r.instruction() as Extract<Instruction, { op: 'intrinsic' }>;
  if (looksAround(r, i.name, args)) return true;
  const value = callIntrinsic(r.m, r.thread, i.name, args, i.text);
  if (i.name === '__acquired' || i.name === '__released') r.m.watch?.use(r.thread);
  if ((r.code[at + 1] as number) >= 0) r.set(r.code[at + 1] as number, value);
  r.pc = at + 4 + count;
  return false;
}

/** Whether it must stop before what this primitive touches. */
function looksAround(r: Runner, name: string, args: readonly number[]): boolean {
  const [address = 0, size = 0, mode = 0] = args;
  switch (name) {
    case '__any': {
      let seen = 0;
      for (let t = 0; t < monitor; t++) seen = Math.max(seen, r.visibility(address + t * size, 4, false));
      return r.stopsAt(seen);
    }
    case '__free': {
      const freed = sizeOfObject(r.m, address);
      return r.stopsAt(freed > 0 ? r.visibility(address, freed, true) : r.misses(address));
    }
    // It ends no hold of the thread's own, so that whoever takes the lock may come before it or after.
    case '__released':
      return holdOf(r.R, address, mode) < 0 && r.meddles(address);
    default:
      return false;
  }
}

/** It may not go on, or others may come first. */
export function wait(r: Runner, at: number, force: boolean): boolean {
  const kind = r.code[at + 2] as number;
  const address = r.operand(at + 3);
  const value = r.operand(at + 4);
  r.check(address, address, 4);
  if (kind === Wait.AtLeast) r.m.likeness?.awaits(value);
  const passes = force || r.m.passes(kind, address, value);
  const { watch } = r.m;
  if (watch === undefined) {
    if (!passes) throw new NotAnalysed('the set-up waits for something that never comes');
  } else {
    watch.record(r.thread, address >> 2, false, r.R[Thread.Sync] !== 0);
    watch.waits(r.thread, address, r.m.takes(r.fn));
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
