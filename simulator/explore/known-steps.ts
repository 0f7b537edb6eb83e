import type { Footprint } from '../vm/footprint.js';
import { chunkShift } from '../vm/memory.js';
import type { Problem } from './expand.js';
import type { Peek } from './peek.js';
import { Shortcuts } from './shortcuts.js';
import type { Difference, StateStore } from './state.js';
import type { Visibility } from './visibility.js';

/** Keys of steps that take the outcome of a choice begin here; those below fit into 32 bits. */
export const firstChoice = 2 ** 32;

/** Stands for a thread's words where a step leads to no state. */
export const ends = -1;

/** What a step was found to do. */
export interface Effect {
  instructions: number;
  progressed: boolean;
  /** Where it leads; undefined when it ends in the problem, or where it could not be judged, for a reason. */
  difference: Difference | undefined;
  problem: Problem | string | undefined;
}

/** When something was learnt: how many columns there were, and how many changes of visibility. */
interface Learnt {
  columns: number;
  heard: number;
}

/** What a step looks at next (a column, or an entry below zero of a footprint), and where it goes on from there. */
interface Fork extends Learnt {
  at: number;
  ways: Map<number, Fork | Known>;
  known: undefined;
}

/** The end of a step, and what it took for granted. */
interface Known extends Learnt {
  known: Effect;
  /** The number of its problem, if it has one. */
  problem: number;
  /** Chunks that it looked at and that nobody had written to since the beginning. */
  constants: readonly number[];
}

/**
 * Steps by what they looked at. Threads of a kernel meet the same few words in very many states, and a step
 * that finds all that it looks at as some step before did will do the same: it need not be run again.
 */
export class KnownSteps {
  private readonly roots = new Map<number, Fork | Known>();
  /** How many changes of visibility were heard of, and by column: the last of them in it. */
  private heard = 0;
  private readonly heardAt: number[] = [];
  /** The same by chunk, of those that nobody has written anything else to: a word of theirs is visible all the same. */
  private readonly heardOf = new Map<number, number>();
  /** By key and world: the answers of `find`. Forgotten whenever what is known may have become untrue. */
  private readonly shortcuts = new Shortcuts(4);
  private readonly problems: (Problem | string)[] = [];
  private columns = 0;
  /** What the step that was found makes of its thread's words; or `ends`, where it leads to no state. */
  own = 0;
  /** What it makes of memory; or, where it ends, the number of its problem. */
  world = 0;
  instructions = 0;
  progressed = false;
  /** Steps that were run and did not end; each takes as long as very many others. */
  endless = 0;
  /** The last walk looked at memory alone. */
  private isOfMemory = false;

  constructor(
    private readonly store: StateStore,
    readonly peek: Peek,
    private readonly visibility: Visibility,
  ) {}

  /**
   * Whether it is known what a step does that begins with `key` in a state. What it does is then said in fields:
   * an answer that is an object would be one of millions.
   */
  find(key: number, state: number): boolean {
    this.listen();
    const world = this.store.world(state);
    const at = this.shortcuts.find(key, world);
    if (at >= 0) {
      const { words } = this.shortcuts;
      this.own = words[at] as number;
      this.world = words[at + 1] as number;
      this.instructions = words[at + 2] as number;
      this.progressed = words[at + 3] === 1;
      return true;
    }
    const known = this.walk(key, state);
    if (known === undefined) return false;
    this.take(known, world);
    if (this.isOfMemory) this.remember(key, world);
    return true;
  }

  /** What ends the step that was found, or the reason why that is not known. */
  get problem(): Problem | string | undefined {
    return this.problems[this.world];
  }

  private take(known: Known, world: number): void {
    const { difference, instructions, progressed } = known.known;
    this.own = difference?.own ?? ends;
    this.world = difference === undefined ? known.problem : this.store.nextWorld(world, difference);
    this.instructions = instructions;
    this.progressed = progressed;
  }

  /** Most steps look at nothing but memory: who comes to the same world again need not look at its parts. */
  private remember(key: number, world: number): void {
    const at = this.shortcuts.add(key, world);
    const { words } = this.shortcuts;
    words[at] = this.own;
    words[at + 1] = this.world;
    words[at + 2] = this.instructions;
    words[at + 3] = this.progressed ? 1 : 0;
  }

  private walk(key: number, state: number): Known | undefined {
    let newest = 0;
    this.isOfMemory = key < firstChoice;
    let next = this.roots.get(key);
    while (next !== undefined && next.known === undefined) {
      const { at } = next;
      if (at < 0) this.isOfMemory = false;
      else newest = Math.max(newest, this.heardAt[at] ?? 0);
      next = next.ways.get(this.look(state, at));
    }
    return next !== undefined && this.isStillTrue(next, newest) ? next : undefined;
  }

  learn(key: number, state: number, { log, isOpen }: Footprint, effect: Effect): void {
    if (isOpen) return;
    this.listen();
    const columns = this.store.columns.length;
    const constants: number[] = [];
    let ways = this.roots;
    let last = key;
    for (const seen of log) {
      const at = seen < 0 ? seen : this.store.columnFor(seen);
      if (seen >= 0 && at < 0) constants.push(seen);
      else {
        ways = this.fork(ways, last, at).ways;
        last = this.look(state, at);
      }
    }
    const problem = effect.problem === undefined ? -1 : this.problems.push(effect.problem) - 1;
    ways.set(last, { known: effect, problem, heard: this.heard, columns, constants });
  }

  /** The fork behind a way; a new one when the last step that came here took for granted what no longer is so. */
  private fork(ways: Map<number, Fork | Known>, way: number, at: number): Fork {
    const { heard } = this;
    const columns = this.store.columns.length;
    const there = ways.get(way);
    if (there?.known === undefined && there?.at === at) return there;
    if (there?.columns === columns && there.heard === heard)
      throw new Error('a step looked at two things in one place');
    const fork = { at, ways: new Map(), known: undefined, columns, heard };
    ways.set(way, fork);
    return fork;
  }

  /** A step may stop elsewhere where visibility changed, and meet other things in what was constant. */
  private isStillTrue(step: Known, newest: number): boolean {
    if (newest > step.heard) return false;
    const columns = this.store.columns.length;
    if (step.columns === columns && step.heard === this.heard) return true;
    for (const chunk of step.constants)
      if (this.store.columnFor(chunk) >= 0 || (this.heardOf.get(chunk) ?? 0) > step.heard) return false;
    step.columns = columns;
    step.heard = this.heard;
    return true;
  }

  private listen(): void {
    const { changes } = this.visibility;
    if (this.heard === changes.length && this.columns === this.store.columns.length) return;
    this.forgetShortcuts();
    while (this.heard < changes.length) {
      const chunk = (changes[this.heard++] as number) >> chunkShift;
      const column = this.store.columnFor(chunk);
      if (column >= 0) this.heardAt[column] = this.heard;
      else this.heardOf.set(chunk, this.heard);
    }
  }

  private forgetShortcuts(): void {
    this.columns = this.store.columns.length;
    this.shortcuts.forget();
  }

  private look(state: number, at: number): number {
    if (at >= 0) return this.peek.chunk(state, at);
    const question = this.store.machine.memory.footprint.question(at);
    return question === undefined ? this.peek.held(state, ~at) : this.peek.pointers(state, ~at, question);
  }
}
