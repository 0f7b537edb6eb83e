import type { TraceStep } from '../finding/trace.js';
import { type Moment, momentsOf } from './moment.js';
import { keepsResult } from './telling.js';

/**
 * What a statement is in a clash: `saw` is what `acts` relies on, `rival` is what made it untrue, and `stuck` is
 * where another thread suffers from it.
 */
export type Part = 'saw' | 'rival' | 'acts' | 'stuck';

/** What a reader has to hold against each other. */
export interface Clash {
  /** Up to three statements in the order in which they ran; `at` counts as `momentsOf` does. */
  statements: { part: Part; moment: Moment; at: number }[];
  /** The thread at fault, or the one that suffers. */
  thread: number;
  /** What is violated then, as sentences. */
  broken: string[];
}

/** Rules that speak of page tables rather than of entries. */
const ofPageTables = /mapping|page-table|write-protect/;

/** Rules that a state breaks, whoever made it; all others are broken by the statement at which they are told. */
const ofStates = /mapping|write-protect|entry/;

/** Rules of who sleeps, or turns in a circle: the others go on without it. */
const ofWaiting = /lost-wakeup|livelock/;

const isMapping = (note: string) => /\b(?:un)?maps 0x/.test(note);
const isEntry = (note: string) => note.includes(' -> ') && !note.includes('<-');
const isUnlock = (note: string) => /, locked -> (?!.*, locked$)/.test(note);

const isWake = (note: string) => /^wakes \d/.test(note);
const isQueueing = (note: string) => note.includes('enters the wait queue');

/** Whether the entry that a note speaks of holds an index: a huge one holds those behind it, too. */
function covers(note: string, index: number): boolean {
  const first = Number(/^entry (\d+):/.exec(note)?.[1] ?? -1);
  return first === index || (first >= 0 && first < index && /: PMD/.test(note));
}

/** Nothing but the lock of an entry changes: `entry 0: PMD -> PMD, locked`. */
function isFlip(note: string): boolean {
  const [, before = '', after = ''] = /^[^:]*: (.*) -> (.*)$/.exec(note) ?? [];
  return before.replace(', locked', '') === after.replace(', locked', '');
}

/** Of a trace the statements that race; undefined for a trace that breaks nothing. */
export function clashOf(trace: TraceStep[], rule: string): Clash | undefined {
  const moments = momentsOf(trace);
  const end = moments.findLastIndex((moment) => moment.broken.length > 0);
  return end < 0 ? undefined : new Search(moments, rule, end).clash();
}

class Search {
  private readonly thread: number;
  /** Where an outdated look is acted on, as the analysis marked it. */
  private readonly marked: number;

  constructor(
    private readonly moments: Moment[],
    private readonly rule: string,
    private readonly end: number,
  ) {
    this.marked = moments.findLastIndex((moment) => moment.notes.some((note) => note.includes('<- ')));
    this.thread = moments[this.marked >= 0 ? this.marked : end]!.thread;
  }

  clash(): Clash {
    const acts = this.acts();
    const saw = this.saw(acts);
    const rival = this.rival(saw, acts);
    const parts: [Part, number][] = [
      ['acts', acts],
      ['rival', rival],
      ['saw', rival < 0 || saw > rival ? -1 : saw],
      ['stuck', this.own(this.end) ? -1 : this.end],
    ];
    const statements = parts
      .filter(([, at]) => at >= 0 && this.moments[at]!.source !== '')
      .sort(([, a], [, b]) => a - b)
      .map(([part, at]) => ({ part, at, moment: this.moments[at]! }));
    return { statements, thread: this.thread, broken: this.moments[this.end]!.broken };
  }

  private own(at: number): boolean {
    return this.moments[at]!.thread === this.thread;
  }

  /** A statement of the thread that a reader can be shown. */
  private told(at: number): boolean {
    return this.own(at) && this.moments[at]!.source !== '';
  }

  /** The last index for which a condition holds, down from one; -1 when there is none. */
  private last(from: number, holds: (at: number) => boolean): number {
    for (let at = from; at >= 0; at--) if (holds(at)) return at;
    return -1;
  }

  /** Where the thread goes on as if nothing had happened, makes the broken state, or is stuck. */
  private acts(): number {
    if (this.marked >= 0) return this.marked;
    if (ofStates.test(this.rule)) {
      const own = [...this.moments.keys()].filter((at) => at <= this.end && this.told(at));
      const made = this.heaviest(own);
      if (made >= 0 && this.weight(made) > 1) return made;
    }
    const told = this.last(this.end, (at) => this.told(at));
    return told < 0 ? this.end : told;
  }

  /** The last thing that the thread learned before it was interrupted; -1 when it was not. */
  private saw(acts: number): number {
    let run = acts;
    while (run > 0 && this.own(run - 1)) run--;
    const looked = this.last(run - 1, (at) => this.told(at) && this.learns(at) && this.looks(at));
    if (looked >= 0) return looked;
    const learned = this.last(run - 1, (at) => this.told(at) && this.learns(at));
    return learned >= 0 ? learned : this.last(run - 1, (at) => this.told(at));
  }

  private learns(at: number): boolean {
    const { source, notes } = this.moments[at]!;
    return notes.some((note) => note.startsWith('=')) && keepsResult.test(source);
  }

  /** What was looked up is what a thread relies on; what it allocated, or asked the device, is not. */
  private looks(at: number): boolean {
    return /lookup|find|(?<!pre)load|walk|next|get_unlocked|pte_offset/.test(this.moments[at]!.source);
  }

  /**
   * A belief became untrue with the first change since; who sleeps was left alone by the last one after it fell
   * asleep; a state was made by the last one before the end.
   */
  private rival(saw: number, acts: number): number {
    const others = [...this.moments.keys()].filter((at) => !this.own(at) && this.moments[at]!.source !== '');
    if (this.marked >= 0) return this.first(others.filter((at) => at > saw && at < acts));
    if (ofWaiting.test(this.rule))
      return this.wake(
        others.filter((at) => at > acts),
        acts,
      );
    const between = others.filter((at) => at > saw && at <= this.end);
    const heavy = this.heaviest(between);
    if (heavy >= 0) return heavy;
    return between.findLast((at) => /^(?!return\b|if\b|\}).*[=(]/.test(this.moments[at]!.source)) ?? -1;
  }

  /** What the sleeper waited for: somebody let go of it, and woke nobody or another. */
  private wake(others: number[], acts: number): number {
    const index = this.waitsAt(acts);
    const lets = (at: number) =>
      this.moments[at]!.notes.some((note) => isUnlock(note) && (index < 0 || covers(note, index)));
    const unlock = others.findLast(lets) ?? others.findLast((at) => this.moments[at]!.notes.some(isUnlock));
    if (unlock === undefined) return this.heaviest(others);
    const after = others.filter(
      (at) => at > unlock && this.moments[at]!.thread === this.moments[unlock]!.thread,
    );
    const next = after.findIndex((at) =>
      this.moments[at]!.notes.some((note) => isUnlock(note) || isWake(note)),
    );
    const wakes = next < 0 ? undefined : after[next];
    return wakes !== undefined && this.moments[wakes]!.notes.some(isWake) ? wakes : unlock;
  }

  /** The index that the sleeper looked at before it queued; -1 when the trace does not tell. */
  private waitsAt(acts: number): number {
    const queued = this.last(acts, (at) => this.own(at) && this.moments[at]!.notes.some(isQueueing));
    const note = queued < 0 ? undefined : this.moments[queued]!.notes.find(isQueueing);
    return Number(/index (\d+)/.exec(note ?? '')?.[1] ?? -1);
  }

  private first(others: number[]): number {
    return others.find((at) => this.weight(at) === 3) ?? this.heaviest(others);
  }

  /** The last of the moments that change most; -1 when none changes anything. */
  private heaviest(among: number[]): number {
    const most = Math.max(0, ...among.map((at) => this.weight(at)));
    return most === 0 ? -1 : (among.findLast((at) => this.weight(at) === most) ?? -1);
  }

  /** How much a moment changes what the rule is about: nothing, a lock, something, or just that. */
  private weight(at: number): number {
    const { notes } = this.moments[at]!;
    const changes = (note: string) => isEntry(note) && !isFlip(note);
    const [first, second] = ofPageTables.test(this.rule) ? [isMapping, changes] : [changes, isMapping];
    if (notes.some(first)) return 3;
    if (notes.some(second)) return 2;
    return notes.some(isEntry) ? 1 : 0;
  }
}
