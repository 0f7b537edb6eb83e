import type { Fn, Instruction, Program } from '../vm/program.js';
import type { PathBudget } from './budget.js';
import { otherName } from './conditional-lock.js';
import type { PathVerdict } from './explore-paths.js';
import { atomicFamilies } from './known-lock.js';
import { isUnattributed } from './lock-call.js';
import { reachOf } from './reach.js';
import { isExcused, type PathRule } from './rule.js';
import type { State } from './state.js';
import { type Summary, summariesOf } from './summary.js';
import { TooMuch } from './term.js';

/** How a function that the file defines is run where it is called. */
export type Admission =
  | 'enter'
  /** As if nobody had it: it was run by itself, or can have nothing to do with what is asked. */
  | 'pass'
  /** As if nobody had it, although it may unlock something. */
  | 'believe'
  /** The same, and what it answers says whether it did. */
  | 'doubt'
  /** Its paths are too many. */
  | { heavy: string };

/** Between the name of a function that is too much where it is called, and the reason, which may be such a name again. */
const calls = '(), which it calls: ';

/** The functions that lead to why not all paths were looked at, the innermost last, and the reason itself. */
export function chainOf(over: string): { called: string[]; reason: string } {
  const called = over.split(calls);
  const reason = called.pop() as string;
  return { called, reason };
}

/** A function without locks, calls and loops that is no larger than this is run: what it answers may matter. */
const smallFunction = 60;

export interface Doorkeeper {
  families: ReadonlySet<string>;
  admit(callee: Fn, state: State): Admission;
}

/** Decides which functions are run where they are called. */
export function doorkeeper(
  program: Program,
  rules: readonly PathRule[],
  budget: PathBudget,
  run: (fn: Fn) => PathVerdict,
  passes: (summary: Summary) => void,
  always: ReadonlySet<Fn>,
): Doorkeeper {
  const reach = reachOf(program, rules);
  const summaries = summariesOf(program, rules, budget, run);
  const admit = (callee: Fn, state: State): Admission => {
    if (reach.isHalf(callee.name) || state.frames.some(({ fn }) => fn === callee)) return 'believe';
    if (always.has(callee) && state.frames.length <= budget.depth) return 'enter';
    if (!reach.matters(callee)) return isSimple(callee) ? 'enter' : 'pass';
    if (state.frames.length > budget.depth) throw new TooMuch(`calls more than ${budget.depth} deep`);
    if (isSimple(callee)) return 'enter';
    const summary = summaries.of(callee);
    const { neutral, partial, watched, sleeps, takes, over } = summary;
    if (over !== undefined) return { heavy: `${callee.name}${calls}${over}` };
    if (!neutral || (sleeps && isAtomic(state)) || state.held.some(({ family }) => takes.has(family)))
      return 'enter';
    if (watched && (isAtomic(state) || hasOpen(state))) return 'enter';
    passes(summary);
    return partial ? 'doubt' : 'pass';
  };
  return { families: reach.families, admit };
}

function isAtomic({ held }: State): boolean {
  return held.some(({ family }) => atomicFamilies.has(family));
}

/** Whether a rule remembers something of the path that is not ended yet. */
function hasOpen({ marks }: State): boolean {
  for (const name of marks.keys())
    if (!isUnattributed(name) && !isExcused(name) && name !== otherName) return true;
  return false;
}

/** Whether it is run wherever it is called: what it answers may matter there. */
export function isSimple({ code }: Fn): boolean {
  return code.length <= smallFunction && code.every((i, at) => !turnsBack(i, at));
}

function turnsBack(i: Instruction, at: number): boolean {
  if (i.op === 'jump') return i.to <= at;
  return i.op === 'branch' && (i.then <= at || i.else <= at);
}
