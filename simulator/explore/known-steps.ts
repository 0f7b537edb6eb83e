import type { Footprint } from '../vm/footprint.js';
import type { Problem } from './expand.js';
import type { Peek } from './peek.js';
import type { Difference, StateStore } from './state.js';
import type { Visibility } from './visibility.js';

/** What a step was found to do. */
export interface Effect {
  instructions: number;
  progressed: boolean;
  /** Where it leads; undefined when it ends in the problem. */
  difference: Difference | undefined;
  problem: Problem | undefined;
}

/** What a step looks at next (a column, or an entry below zero of a footprint), and where it goes on for each thing it found there. */
interface Fork {
  at: number;
  ways: Map<number, Fork | Effect>;
}

/**
 * Steps by what they looked at. Threads of a kernel meet the same few words in very many states, and a step
 * that finds all that it looks at as some step before did will do the same: it need not be run again.
 */
export class KnownSteps {
  private readonly roots = new Map<number, Fork | Effect>();
  private columns = 0;
  private grew = 0;

  constructor(
    private readonly store: StateStore,
    private readonly peek: Peek,
    private readonly visibility: Visibility,
  ) {}

  /** The effect of a step that begins with `key` in a state, when it is known. */
  find(key: number, state: number): Effect | undefined {
    this.forget();
    let next = this.roots.get(key);
    while (next !== undefined && 'at' in next) next = next.ways.get(this.look(state, next.at));
    return next;
  }

  learn(key: number, state: number, { log, isOpen }: Footprint, effect: Effect): void {
    this.forget();
    if (isOpen) return;
    let ways = this.roots;
    let last = key;
    for (const seen of log) {
      const at = seen < 0 ? seen : this.store.columnFor(seen);
      // What nobody has written to since the beginning is the same in every state.
      if (seen >= 0 && at < 0) continue;
      const fork = ways.get(last) ?? { at, ways: new Map() };
      if (!('at' in fork) || fork.at !== at) throw new Error('a step looked at two things in one place');
      ways.set(last, fork);
      ways = fork.ways;
      last = this.look(state, at);
    }
    ways.set(last, effect);
  }

  private look(state: number, at: number): number {
    if (at >= 0) return this.peek.chunk(state, at);
    const question = this.store.machine.memory.footprint.question(at);
    return question === undefined ? this.peek.held(state, ~at) : this.peek.pointers(state, question);
  }

  /** Nothing is known any more when steps may stop elsewhere, or when what never changed was written to. */
  private forget(): void {
    const { length } = this.store.columns;
    const { grew } = this.visibility;
    if (length === this.columns && grew === this.grew) return;
    this.columns = length;
    this.grew = grew;
    this.roots.clear();
  }
}
