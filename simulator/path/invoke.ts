import { addressSpace, type Fn, type Instruction } from '../vm/program.js';
import { isPrivate, Region, termsOf, undeclared } from './cells.js';
import { sleepers } from './known-lock.js';
import { lockCall, speaksOfLock } from './lock-call.js';
import {
  carriedBy,
  goesThrough,
  isHanded,
  isIdle,
  isKnownBy,
  isLetGo,
  isOfObject,
  isPage,
  passed,
} from './passed.js';
import { unlockedBy } from './reach.js';
import { noteReference } from './reference.js';
import { type Frame, newFrame, type State } from './state.js';
import { isTerm, keyOf, placeOf, type Term, type Value } from './term.js';
import type { Walk } from './walk.js';
import { keeping, type Written, writtenAs, writtenBy } from './written.js';

/** The function of the program that is called, as far as it is known. */
export function calleeOf(walk: Walk, frame: Frame, i: Instruction): Fn | undefined {
  const { functions } = walk.around.program;
  if (i.op === 'call') return functions[i.callee];
  if (i.op !== 'callIndirect') return undefined;
  const address = walk.value(frame, i.address);
  if (isTerm(address) || address < addressSpace.functions) return undefined;
  return functions[(address - addressSpace.functions) / addressSpace.functionStride];
}

/** Begins a function that the file defines. */
export function enter(walk: Walk, state: State, fn: Fn, args: readonly Value[], result: number): void {
  const registers: Value[] = Array.from({ length: fn.registers }, () => 0);
  for (let n = 0; n < fn.parameters && n < args.length; n++) registers[n] = args[n] as Value;
  state.frames.push(newFrame(fn, ++state.serial, walk.around.calculator, registers, result));
}

/** What may unlock something is handed the locks of these kinds; and its answer may say what became of them. */
export function believe(walk: Walk, state: State, frame: Frame, callee: Fn, says: boolean): void {
  const unlocks = unlockedBy(walk.around.program, callee);
  const i = frame.fn.code[frame.at];
  const isUsed = says && i !== undefined && 'd' in i && walk.flowOf(frame.fn).needs(frame.at + 1, i.d);
  state.held = state.held.map((lock) => {
    if (!unlocks.has(lock.family)) return lock;
    return isUsed ? { ...lock, doubtful: true } : passed(lock, frame);
  });
}

/**
 * A call of what nobody has: it may answer anything, and change what its arguments lead to. Of a function that is not
 * run here although the file has it (`callee`), it is known what it writes.
 */
export function answer(
  walk: Walk,
  state: State,
  frame: Frame,
  name: string,
  args: readonly Value[],
  indirect: boolean,
  callee?: Fn,
): Value {
  const { terms } = walk.around.calculator;
  if (name.startsWith('&')) return terms.named(name);
  walk.tell(state, { kind: 'call', name, args });
  const key = `${name} ${args.map(keyOf).join(' ')}`;
  const again = frame.rounds.up(frame.at * 2 + 1) > 1;
  const known = again ? undefined : state.answers.get(key)?.value;
  const value = known ?? terms.symbol(`${name}()`, args);
  const carried = carriedBy(state, name, args);
  const handed = state.held.filter(
    (lock) => !isPage(lock) && (isKnownBy(lock, state, args) || isLetGo(lock, name, args)),
  );
  forget(state, args, key, callee ? writtenBy(walk.around.program, callee) : writtenAs(name, args));
  state.answers.set(key, { value, args });
  if (isTerm(value)) noteReference(state, name, args, value);
  const isLock = !indirect && speaksOfLock(walk, name);
  const i = frame.fn.code[frame.at];
  const answers = i?.op === 'callIndirect' && walk.flowOf(frame.fn).needs(frame.at + 1, i.d);
  if (!isLock)
    state.held = state.held.map((lock) => {
      const isGone = isHanded(lock, name, args, state) || (isPage(lock) && carried.has(lock.lock));
      const says = indirect && answers && (isGone || isOfObject(lock, args));
      if (indirect && !says) return passed(lock, frame);
      if (isGone || says || isIdle(lock, name)) return { ...lock, doubtful: true };
      return handed.includes(lock) ? passed(lock, frame) : lock;
    });
  if (indirect && answers) goesThrough(state, args);
  // What is called through a pointer may take again what was released.
  if (indirect) state.past = state.past.filter((lock) => lock.by === '' && !isPage(lock));
  else {
    if (sleepers.has(name)) walk.tell(state, { kind: 'sleep', by: name });
    lockCall(walk, state, name, args, value);
  }
  walk.tell(state, { kind: 'return', name, args, value });
  return value;
}

/** What an unknown function may have changed is not known any more. */
function forget(
  state: State,
  args: readonly Value[],
  own: string,
  written: readonly (Written | undefined)[],
): void {
  const places = args.map(placeOf);
  const bases = places.map(({ base }) => base).filter((base) => base !== undefined);
  const shared = bases.filter((base) => !isPrivate(base));
  const open = new Set(places.flatMap(({ base }, n) => (written[n] ? [] : [base])));
  for (const [n, { base, offset }] of places.entries()) {
    if (base !== undefined && isPrivate(base)) forgetVariable(state, base, offset, shared, written[n]);
    else if (base === undefined && isGlobal(offset)) state.cells.forget(undefined, offset, 64, false);
    else if (base !== undefined && !open.has(base) && (written[n] !== keeping || offset === 0))
      for (const [at, size] of written[n] ?? []) state.cells.forget(base, offset + at, size, false);
  }
  if (shared.length > 0)
    state.cells.forgetReachable(shared, (base) => bases.includes(base) && !open.has(base));
  for (const [key, { args: theirs }] of state.answers)
    if (key !== own && theirs.some((each) => isTerm(each) && meets(each, bases))) state.answers.delete(key);
}

/**
 * A variable whose address is given away. Pointers that the path itself has put there are taken to stay: a
 * cursor goes on pointing to its tree. Where it is known what is `written`, all else stays, unless others find the
 * way to the variable, as in a list.
 */
function forgetVariable(state: State, base: Term, offset: number, shared: Term[], written?: Written): void {
  const region = state.cells.regions.get(base.id);
  if (!region) return;
  const objects = state.frames.find((each) => each.base === base)?.fn.objects ?? [];
  const end = objects.find((each) => each > offset) ?? Number.POSITIVE_INFINITY;
  const isInside = (at: number) => (at >= offset && at < end) || at >= offset + undeclared;
  for (const [at, { value }] of region.cells)
    if (isInside(at) && isTerm(value)) shared.push(placeOf(value).base as Term);
  // Who is handed a member of something beside a lock keeps what is his there.
  if (written === keeping && !objects.includes(offset)) return;
  if (written && !isPointedTo(state, base, isInside)) {
    for (const [at, size] of written) state.cells.forget(base, offset + at, size, false);
    return;
  }
  const kept = [...region.cells].filter(([at, { value, written: own }]) => {
    if (!isInside(at)) return true;
    return at !== offset && own && isTerm(value) && isPointer(state, value);
  });
  state.cells.regions.set(base.id, new Region(base, new Map(kept)));
}

/** Whether the address of a variable stands somewhere. */
function isPointedTo({ cells }: State, variable: Term, isInside: (at: number) => boolean): boolean {
  return [...cells.regions.values()].some((region) =>
    termsOf(region).some((value) => {
      const { base, offset } = placeOf(value);
      return base === variable && isInside(offset);
    }),
  );
}

function isPointer(state: State, value: Term): boolean {
  return value.shape.kind === 'offset' || state.cells.regions.has(value.id);
}

function isGlobal(address: number): boolean {
  return address >= addressSpace.globals && address < addressSpace.heap;
}

function meets(value: Term, bases: readonly Term[]): boolean {
  return bases.some((base) => value.origins.has(base.id));
}

/** Nothing comes after it. */
export function isFatal(name: string): boolean {
  return name === 'BUG' || name === 'panic' || name === 'do_exit';
}
