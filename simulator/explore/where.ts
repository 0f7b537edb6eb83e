import type { Machine } from '../vm/machine.js';
import type { Fn, Instruction } from '../vm/program.js';
import { Thread } from '../vm/thread.js';

/** A place in a thread's call stack. */
export interface Place {
  fn: Fn;
  /** The instruction it stands at, or the call it is inside. */
  instruction: number;
}

/** The frames of a thread, innermost first. */
export function frames(m: Machine, thread: number): Place[] {
  const r = m.threads[thread] as Int32Array;
  if (r[Thread.Status] !== 1) return [];
  const places: Place[] = [];
  let pc = r[Thread.Pc] as number;
  let fp = r[Thread.Frame] as number;
  while (fp > 0) {
    const fn = m.program.functions[m.code.functionAt[pc] as number] as Fn;
    places.push({ fn, instruction: m.code.instructionAt[pc] as number });
    pc = callBefore(m, r[fp - 4] as number);
    fp = r[fp - 3] as number;
  }
  return places;
}

/** The word of the call that returns to `next`. */
function callBefore(m: Machine, next: number): number {
  let at = next - 1;
  while (at > 0 && (m.code.instructionAt[at] as number) < 0) at--;
  return at;
}

const underReview = new Set(['reviewed', 'tree', 'broken', 'baseline']);

export function isUnderReview(fn: Fn): boolean {
  return underReview.has(fn.origin);
}

const computing = new WeakMap<object, boolean>();

/** An inline function of a header that takes a tag off a value, and the like: nobody races there. */
export function onlyComputes(fn: Fn): boolean {
  if (!isUnderReview(fn) || !fn.file.endsWith('.h') || fn.parameters > 1) return false;
  const key = fn.body ?? fn;
  const known = computing.get(key) ?? !key.code.some(acts);
  computing.set(key, known);
  return known;
}

function acts(instruction: Instruction): boolean {
  if (instruction.op === 'intrinsic') return instruction.name !== '__warn';
  return ['load', 'store', 'copy', 'clear', 'callIndirect'].includes(instruction.op);
}

/** The innermost function of the code under review, else the innermost of all. */
export function placeOf(m: Machine, thread: number): Place | undefined {
  const all = frames(m, thread);
  return (
    all.find((place) => isUnderReview(place.fn)) ?? all.find((place) => place.fn.origin === 'race') ?? all[0]
  );
}

/** The struct member that lies at an address, by its path from a global: `world_inode.i_data.i_pages.xa_lock`. */
export function fieldNameOf(m: Machine, address: number): string | undefined {
  const global = m.program.globals.find((g) => address >= g.address && address < g.address + g.size);
  if (global === undefined) return undefined;
  const field = m.program.fields.get(global.name)?.find(({ offset }) => offset === address - global.address);
  if (field === undefined) return undefined;
  // The lock is the struct around the word that it waits on.
  return field.path.replace(/\.(locked|count|counter)$/, '').replace(/^.*\.(?=[^.]+$)/, '');
}
