import type { Fn } from '../vm/program.js';
import type { Calculator } from './calculate.js';
import { Cells } from './cells.js';
import { Counts } from './counts.js';
import { Facts } from './facts.js';
import { readLockName } from './lock-name.js';
import { SharedMap } from './shared-map.js';
import type { Term, Value } from './term.js';
import { unset, unsetIn } from './unset.js';

/** A branch that was taken: what was asked (its bare name), what came of it, and where it was asked. */
export interface Asked {
  readonly bare: number;
  readonly outcome: boolean;
  readonly at: number;
  /** Where the other outcome would have gone on; -1 when it was asked in a function that has returned. */
  readonly other: number;
  /** Nothing that the path knew answered it. */
  readonly open: boolean;
  readonly before: Asked | undefined;
}

export interface Frame {
  readonly fn: Fn;
  readonly serial: number;
  readonly base: Term;
  /** What it is to lock, when its name speaks of locking something. */
  readonly locks: Value | undefined;
  /** The caller's register that gets the result. */
  readonly result: number;
  at: number;
  readonly registers: Value[];
  /** Branches that were taken, the last one first. */
  asked: Asked | undefined;
  /** By place: how often a branch could go both ways, an unknown call was made, or the path came to where ways meet. */
  readonly rounds: Counts;
  /** Another path has it, too: whoever changes it takes a copy. */
  shared: boolean;
}

/** A lock that the path holds, or held. */
export interface Held {
  readonly family: string;
  readonly mode: 'read' | 'write';
  /** Which lock: its address, or what else tells it; 0 when the function takes no argument. */
  readonly lock: Value;
  /** All arguments of the call that took it. */
  readonly args: readonly Value[];
  /** Of `vma_lock(vma)`, which finds the lock itself somewhere behind it, that is vma. */
  readonly whole?: Value | undefined;
  /** Held only if this value is so: not zero, or zero. */
  readonly given: { value: Value; nonzero: boolean; certain: boolean } | undefined;
  /** The caller held it; the path has released it and takes it again. */
  readonly restores?: boolean;
  /** It was handed to a function that nobody knows, whose result may say that it was released. */
  readonly doubtful?: boolean;
  /** Calls of what nobody knows that may have released it, by contract; each a place. */
  readonly through?: readonly string[];
  /** A function that was handed what it is of answered with a positive number, which may say how it is held now. */
  readonly told?: boolean;
  /** The name by which it may have been released elsewhere (alias.ts). */
  readonly alias?: string;
  /** The name of the function that took it, and where. */
  readonly by: string;
  readonly fn: string;
  readonly file: string;
  readonly line: number;
  /** The frame in which that was (`Frame.serial`): those that began later were called from it. */
  readonly serial: number;
}

/** What an unknown function answered. */
export interface Answer {
  readonly value: Value;
  readonly args: readonly Value[];
  /** The bare name of the answer, when its value has become known. */
  readonly was?: number;
}

/** One path of a function, up to where it is now. */
export interface State {
  frames: Frame[];
  cells: Cells;
  facts: Facts;
  /** Answers of unknown functions, by name and arguments, until something may have changed them. */
  answers: SharedMap<string, Answer>;
  held: Held[];
  /** Locks that were taken and released, or released without having been taken (`by` is empty). */
  past: Held[];
  /** Where in the graph of all paths it is (ways.ts). */
  node: number;
  /** What rules remember of this path. */
  marks: SharedMap<string, Value>;
  /** The outcomes of what could go both ways, youngest first. */
  choices: Choices | undefined;
  taken: number;
  serial: number;
}

export interface Choices {
  readonly outcome: number;
  readonly before: Choices | undefined;
}

export function beginning(fn: Fn, calculator: Calculator): State {
  const { terms } = calculator;
  const registers: Value[] = Array.from({ length: fn.registers }, () => 0);
  for (let n = 0; n < fn.parameters; n++) registers[n] = terms.symbol(`argument ${fn.names[n] ?? n}`);
  for (const { register, name } of unsetIn(fn)) registers[register] = terms.symbol(`${name}${unset}`);
  const frame = newFrame(fn, 1, calculator, registers, -1);
  return {
    frames: [frame],
    cells: new Cells(calculator),
    facts: new Facts(calculator),
    answers: new SharedMap(),
    held: [],
    past: [],
    node: 0,
    marks: new SharedMap(),
    choices: undefined,
    taken: 0,
    serial: 1,
  };
}

export function newFrame(
  fn: Fn,
  serial: number,
  { terms }: Calculator,
  registers: Value[],
  result: number,
): Frame {
  const base = terms.symbol(`${fn.name}'s variables`, [], true);
  const locks = fn.parameters > 0 && readLockName(fn.name)?.does === 'acquire' ? registers[0] : undefined;
  const met = { asked: undefined, rounds: Counts.none(), shared: false };
  return { fn, serial, base, locks, result, at: 0, registers, ...met };
}

/** The same path twice, so that each can go another way. */
export function copyOf(state: State): State {
  const frames = state.frames.slice();
  const top = frames.pop() as Frame;
  for (const frame of frames) frame.shared = true;
  frames.push(copyOfFrame(top));
  return {
    ...state,
    frames,
    cells: state.cells.copy(),
    facts: state.facts.copy(),
    answers: state.answers.copy(),
    held: state.held.slice(),
    past: state.past.slice(),
    marks: state.marks.copy(),
  };
}

/** The frame at a depth, to be changed. */
export function ownFrame(state: State, depth: number): Frame {
  const frame = state.frames[depth] as Frame;
  if (!frame.shared) return frame;
  const own = copyOfFrame(frame);
  state.frames[depth] = own;
  return own;
}

function copyOfFrame(frame: Frame): Frame {
  return { ...frame, registers: frame.registers.slice(), rounds: frame.rounds.copy(), shared: false };
}

/** The frame that runs, to be changed. */
export const ownTop = (state: State): Frame => ownFrame(state, state.frames.length - 1);

export const topOf = (state: State): Frame => state.frames[state.frames.length - 1] as Frame;

export function choicesOf(state: State): number[] {
  const list: number[] = [];
  for (let c = state.choices; c; c = c.before) list.push(c.outcome);
  return list.reverse();
}

/** The place that took a lock. */
export const siteOf = ({ by, fn, line }: Held): string => `${by} ${fn} ${line}`;
