import { assembly } from '../c/lower/statement.js';
import { destination, operands, successors } from '../vm/liveness.js';
import type { Fn, Instruction } from '../vm/program.js';
import type { Frame, State } from './state.js';
import { isTerm, type Value } from './term.js';
import type { Walk } from './walk.js';

/** A local variable that some way from the function's beginning reads without having set it. */
export interface Unset {
  readonly name: string;
  readonly register: number;
  /** The instructions that may be the first to read it. */
  readonly reads: ReadonlySet<number>;
  /** Those of them that are come to past no loop that sets it, nor past a `switch` of which no case is taken. */
  readonly firm: ReadonlySet<number>;
}

const known = new WeakMap<Fn, readonly Unset[]>();

/**
 * The variables of a function that may be read before they are set, by its branches alone: which of the ways can really
 * be gone is for the paths to say. Those in memory (structs, arrays, whose address is taken) are not looked at, nor is
 * what assembly may set.
 */
export function unsetIn(fn: Fn): readonly Unset[] {
  const before = known.get(fn);
  if (before) return before;
  const found: Unset[] = [];
  const isOpaque = fn.code.some((i) => i.op === 'guess' && i.reason === assembly);
  for (let register = fn.parameters; register < fn.names.length && !isOpaque; register++) {
    const name = fn.names[register];
    if (name === undefined) continue;
    const reads = firstReads(fn.code, register, successors);
    if (reads.size > 0) found.push({ name, register, reads, firm: firmReads(fn.code, register) });
  }
  known.set(fn, found);
  return found;
}

type Ways = (i: Instruction, at: number) => readonly number[];

function firstReads(code: readonly Instruction[], register: number, ways: Ways): Set<number> {
  const reads = new Set<number>();
  for (const at of reach(code, [0], (i, n) =>
    isReadBy(i, register) || isSetBy(i, register) ? [] : ways(i, n),
  ))
    if (isReadBy(code[at] as Instruction, register)) reads.add(at);
  return reads;
}

/** Whether a loop runs at all, and whether somebody has thought of all cases, a function may know of its callers. */
function firmReads(code: readonly Instruction[], register: number): Set<number> {
  const writes = [...code.keys()].filter((at) => isSetBy(code[at] as Instruction, register));
  const loops = new Set(writes.flatMap((write) => [...loopAround(code, write)]));
  return firstReads(code, register, (i, at) => {
    if (loops.has(at)) return [];
    return i.op === 'switch' ? i.cases.map(([, to]) => to) : successors(i, at);
  });
}

/** The instructions that lie on a way from one back to itself. */
function loopAround(code: readonly Instruction[], at: number): number[] {
  const after = reach(code, successors(code[at] as Instruction, at), successors);
  if (!after.has(at)) return [];
  const before = new Map<number, number[]>();
  for (const from of after)
    for (const to of successors(code[from] as Instruction, from))
      before.set(to, [...(before.get(to) ?? []), from]);
  return [...reach(code, [at], (_, n) => before.get(n) ?? [])].filter((each) => after.has(each));
}

function reach(code: readonly Instruction[], from: readonly number[], ways: Ways): Set<number> {
  const seen = new Set(from.filter((at) => at < code.length));
  for (const at of seen)
    for (const to of ways(code[at] as Instruction, at)) if (to < code.length) seen.add(to);
  return seen;
}

/** What nobody has may be a macro, which sets what it is handed; and so may be what goes by the variable's own name. */
function isReadBy(i: Instruction, register: number): boolean {
  if (i.op === 'unknown') return false;
  return (i.op === 'callIndirect' ? i.args : operands(i)).includes(register);
}

function isSetBy(i: Instruction, register: number): boolean {
  return destination(i) === register || (i.op === 'unknown' && i.args.includes(register));
}

/** How the value of such a variable is called at the beginning of the function. */
export const unset = ', which nobody has set';

/** Tells what a path reads and has not set; once, and then it may have any value. */
export function readUnset(walk: Walk, state: State, frame: Frame): void {
  const i = frame.fn.code[frame.at] as Instruction;
  for (const variable of unsetIn(frame.fn)) {
    const { register, name, reads } = variable;
    if (!reads.has(frame.at) && !isSetBy(i, register)) continue;
    const value = frame.registers[register] as Value;
    if (!isTerm(value) || value.shape.kind !== 'symbol' || value.shape.text !== `${name}${unset}`) continue;
    if (reads.has(frame.at)) walk.tell(state, { kind: 'unset', variable, at: frame.at });
    frame.registers[register] = walk.around.calculator.terms.symbol(name);
  }
}
