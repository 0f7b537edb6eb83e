import type { Fn } from '../vm/program.js';
import type { PathEvent } from './event.js';
import type { PathRule } from './rule.js';
import { beginning, type State, topOf } from './state.js';
import { TooMuch } from './term.js';
import { type Surroundings, Walk } from './walk.js';

/** One line of a path, or something that happens on it. */
export interface PathStep {
  fn: string;
  file: string;
  line: number;
  depth: number;
  event: PathEvent | undefined;
  /** A branch that could have gone the other way. */
  decided: boolean;
}

export interface ReplayedPath {
  steps: PathStep[];
  /** What the rules said on the way; those that judge a whole set of paths say nothing here. */
  said: { rule: string; message: string; object: string; fn: string; line: number }[];
  end: State | undefined;
  /** Why the choices do not fit this function. */
  misfit: string | undefined;
}

/**
 * Runs one path again, by the outcomes of what could go both ways. `around` is that of the exploration that
 * found it: what it forgot on the way is forgotten again, or other questions would be asked.
 */
export function replayPath(
  around: Omit<Surroundings, 'tell' | 'asks' | 'onLine'>,
  fn: Fn,
  rules: readonly PathRule[],
  choices: readonly number[],
): ReplayedPath {
  const replayed: ReplayedPath = { steps: [], said: [], end: undefined, misfit: undefined };
  const state = beginning(fn, around.calculator);
  const push = (line: number, file: string, name: string, event?: PathEvent) =>
    replayed.steps.push({ fn: name, file, line, depth: state.frames.length, event, decided: false });
  const walk = new Walk({
    ...around,
    asks: () => undefined,
    onLine: (frame) => {
      const { line } = frame.fn.code[frame.at]!;
      const last = replayed.steps.at(-1);
      if (last && last.line === line && last.fn === frame.fn.name) return;
      push(line, frame.fn.file, frame.fn.name);
    },
    tell: (moment) => {
      if (moment.event.kind !== 'ask') push(moment.line, moment.file, moment.fn, moment.event);
      for (const rule of rules) {
        const alarm = rule.watch?.(moment);
        if (alarm && alarm.excuse === undefined)
          replayed.said.push({ ...alarm, rule: rule.rule, fn: moment.fn, line: moment.line });
      }
    },
  });
  try {
    for (let taken = 0; ; taken++) {
      const standing = walk.advance(state);
      if (standing.kind === 'end') replayed.end = state;
      if (standing.kind !== 'fork') return replayed;
      const choice = choices[taken];
      if (choice === undefined) return replayed;
      if (choice >= standing.ways) return { ...replayed, misfit: 'the path has no such way' };
      const { line } = topOf(state).fn.code[topOf(state).at]!;
      push(line, topOf(state).fn.file, topOf(state).fn.name);
      replayed.steps.at(-1)!.decided = true;
      walk.take(state, choice);
    }
  } catch (thrown) {
    if (!(thrown instanceof TooMuch)) throw thrown;
    return { ...replayed, misfit: thrown.message };
  }
}
