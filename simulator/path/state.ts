import type { Fn } from '../vm/program.js';
import type { Calculator } from './calculate.js';
import { Cells } from './cells.js';
import { Facts } from './facts.js';
import type { Term, Value } from './term.js';

/** A branch that was taken: what was asked, what came of it, and where it was asked. */
export interface Asked {
  readonly outcome: boolean;
  readonly at: number;
  /** Where the other outcome would have gone on; -1 when it was asked in a function that has returned. */
  readonly other: number;
}

export interface Frame {
  readonly fn: Fn;
  readonly serial: number;
  readonly base: Term;
  /** The caller's register that gets the result. */
  readonly result: number;
  at: number;
  readonly registers: Value[];
  /** By what was asked (its bare name): the last answer. */
  asked: Map<number, Asked>;
  /** Branches that could go both ways, and how often each was met. */
  rounds: Map<number, number>;
  /** How often the path came to each place where ways meet. */
  joined: Map<number, number>;
  /** Places of unknown calls that were made already: in the next round they may answer otherwise. */
  made: Set<number>;
}

/** A lock that the path holds, or held. */
export interface Held {
  readonly family: string;
  readonly mode: 'read' | 'write';
  /** Which lock: its address, or what else tells it; 0 when the function takes no argument. */
  readonly lock: Value;
  /** All arguments of the call that took it. */
  readonly args: readonly Value[];
  /** Held only if this value is so: not zero, or zero. */
  readonly given: { value: Value; nonzero: boolean; certain: boolean } | undefined;
  /** The caller held it; the path has released it and takes it again. */
  readonly restores?: boolean;
  /** It was handed to a function that nobody knows, whose result may say that it was released. */
  readonly doubtful?: boolean;
  /** Calls of what nobody knows that may have released it, by contract; each a place. */
  readonly through?: readonly string[];
  /** The name of the function that took it, and where. */
  readonly by: string;
  readonly fn: string;
  readonly file: string;
  readonly line: number;
}

/** One path of a function, up to where it is now. */
export interface State {
  frames: Frame[];
  cells: Cells;
  facts: Facts;
  /** Answers of unknown functions, by name and arguments, until something may have changed them. */
  answers: Map<string, { value: Value; args: readonly Value[]; was?: number }>;
  held: Held[];
  /** Locks that were taken and released, or released without having been taken (`by` is empty). */
  past: Held[];
  /** Where in the graph of all paths it is (ways.ts). */
  node: number;
  /** What rules remember of this path. */
  marks: Map<string, Value>;
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
  const frame = newFrame(fn, 1, calculator, registers, -1);
  return {
    frames: [frame],
    cells: new Cells(calculator),
    facts: new Facts(calculator),
    answers: new Map(),
    held: [],
    past: [],
    node: 0,
    marks: new Map(),
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
  const met = { asked: new Map(), rounds: new Map(), joined: new Map(), made: new Set<number>() };
  return { fn, serial, base, result, at: 0, registers, ...met };
}

/** The same path twice, so that each can go another way. */
export function copyOf(state: State): State {
  return {
    ...state,
    frames: state.frames.map((frame) => ({
      ...frame,
      registers: frame.registers.slice(),
      asked: new Map(frame.asked),
      rounds: new Map(frame.rounds),
      joined: new Map(frame.joined),
      made: new Set(frame.made),
    })),
    cells: state.cells.copy(),
    facts: state.facts.copy(),
    answers: new Map(state.answers),
    held: state.held.slice(),
    past: state.past.slice(),
    marks: new Map(state.marks),
  };
}

export const topOf = (state: State): Frame => state.frames[state.frames.length - 1] as Frame;

export function choicesOf(state: State): number[] {
  const list: number[] = [];
  for (let c = state.choices; c; c = c.before) list.push(c.outcome);
  return list.reverse();
}

/** The place that took a lock. */
export const siteOf = ({ by, fn, line }: Held): string => `${by} ${fn} ${line}`;
