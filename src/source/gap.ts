import type { Cursor } from './inbox.js';

/** A number is asked for this many times; what was never there has to be given up some day. */
const mostTries = 4;
/** Numbers that are remembered; a server that lost more than these has lost them. */
const mostGaps = 1000;

/** Numbers that a source should have and did not hand out, with how often they were asked for. */
export class Gaps {
  /** Made once for all mails between two changes. */
  private cursor: Cursor | undefined;

  private constructor(private readonly tries: Map<number, number>) {}

  static from(cursor: Cursor | undefined): Gaps {
    const pairs = Array.isArray(cursor) ? cursor : [];
    const known = pairs.filter(
      (pair): pair is [number, number] =>
        Array.isArray(pair) && pair.every((each) => typeof each === 'number'),
    );
    return new Gaps(new Map(known));
  }

  /** The numbers worth asking for again. */
  get open(): number[] {
    return [...this.tries.keys()];
  }

  missed(number: number): void {
    const tries = (this.tries.get(number) ?? 0) + 1;
    if (tries === 1 && this.tries.size >= mostGaps) return;
    this.cursor = undefined;
    if (tries >= mostTries) this.tries.delete(number);
    else this.tries.set(number, tries);
  }

  filled(number: number): void {
    if (this.tries.delete(number)) this.cursor = undefined;
  }

  toCursor(): Cursor {
    this.cursor ??= [...this.tries];
    return this.cursor;
  }
}

/** The number up to which nothing is open any more, in whatever order a server answers what it was asked. */
export function doneUpTo(before: number, asked: number[], open: ReadonlySet<number>): number {
  return Math.max(before, open.size === 0 ? Math.max(...asked) : Math.min(...open) - 1);
}
