import { isLive, liveBefore, successors } from '../vm/liveness.js';
import type { Fn } from '../vm/program.js';

/** The ways through one function: which instructions lead where. */
export class Flow {
  private readonly next: number[][];
  /** Instructions to which more than one way leads. */
  readonly joins: Uint8Array;
  /** Instructions that some path has run. */
  readonly run: Uint8Array;
  private live: Int32Array[] | undefined;
  private readonly answers = new Map<string, boolean>();

  constructor(readonly fn: Fn) {
    this.next = fn.code.map((instruction, at) => [...new Set(successors(instruction, at))]);
    this.joins = new Uint8Array(fn.code.length + 1);
    this.run = new Uint8Array(fn.code.length + 1);
    const ways = new Uint8Array(fn.code.length + 1);
    // Whoever calls it comes to its beginning, which may be the head of a loop.
    ways[0] = 1;
    for (const all of this.next) for (const to of all) if (++ways[to]! > 1) this.joins[to] = 1;
  }

  /** Whether a register may still be read from here on. */
  needs(at: number, register: number): boolean {
    this.live ??= liveBefore(this.fn.code, this.fn.registers);
    const set = this.live[at];
    return set !== undefined && isLive(set, register);
  }

  /** Whether `to` can be reached from `from` without going through `past`. */
  reaches(from: number, to: number, past: number): boolean {
    const key = `${from} ${to} ${past}`;
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const answer = this.search(from, to, past);
    this.answers.set(key, answer);
    return answer;
  }

  /** Whether something that can be reached from here was never run. */
  isMissed(from: number): boolean {
    const seen = new Set([from]);
    for (const at of seen) for (const to of this.next[at] ?? []) seen.add(to);
    return [...seen].some((at) => this.run[at] === 0 && at < this.fn.code.length);
  }

  private search(from: number, to: number, past: number): boolean {
    const seen = new Uint8Array(this.fn.code.length + 1);
    const open = [from];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (at === to) return true;
      if (at === past || seen[at]) continue;
      seen[at] = 1;
      open.push(...(this.next[at] ?? []));
    }
    return false;
  }
}
