import type { Act } from '../../simulator/index.js';

/** A tree entry as the reader knows it; the bits are those of told() in simulator/kernel/entry.c. */
export function entryText(told: number): string {
  if (told === 0) return 'none';
  if (told === 1) return 'a page';
  const size = (told & 8) !== 0 ? 'PMD' : 'PTE';
  const what = (told & 32) !== 0 ? 'empty' : (told & 16) !== 0 ? 'zero page' : `pfn ${told >>> 6}`;
  return `${size}, ${what}${(told & 4) !== 0 ? ', locked' : ''}`;
}

/** Which argument of a call is the entry that it stores. */
const stored: Record<string, number> = {
  xas_store: 1,
  radix_tree_insert: 2,
  __radix_tree_insert: 3,
  __radix_tree_replace: 3,
};

/** What a thread did to the tree last. */
interface Latest {
  call?: Act;
  /** Raw value by tree and index, as long as nobody has stored since. */
  looked: Map<string, number>;
  /** What the store of the running call found there. */
  old?: number;
}

/**
 * What raw entries of a trace are, in words. Which bits mean what differs from kernel to kernel and only the
 * model knows it; so it is learned from stores, of which both sides are told. A value that is met with two
 * meanings, or a meaning with two values, is not told at all.
 */
export function entryWords(acts: readonly Act[]): ReadonlyMap<number, string> {
  const pairs = new Pairs();
  const threads = new Map<number, Latest>();
  for (const act of acts) {
    const latest: Latest = threads.get(act.thread) ?? { looked: new Map() };
    threads.set(act.thread, latest);
    if (act.kind === 'call') latest.call = act;
    if (act.kind === 'return' && act.name === 'xas_store' && latest.old !== undefined)
      pairs.add(act.value, latest.old);
    if (act.kind === 'call' || act.kind === 'return') delete latest.old;
    if (act.kind !== 'event') continue;
    const [tree = 0, index = 0, third = 0, old = 0, now = 0] = act.args;
    const key = `${tree} ${index}`;
    if (act.name === 'lookup') latest.looked.set(key, third);
    if (act.name !== 'store') continue;
    pairs.add(latest.looked.get(key), old);
    pairs.add(storedBy(latest.call), now);
    latest.old = old;
    for (const { looked } of threads.values()) looked.clear();
  }
  return pairs.words();
}

function storedBy(call: Act | undefined): number | undefined {
  if (call?.name === 'radix_tree_replace_slot') return call.args.at(-1);
  return call === undefined ? undefined : call.args[stored[call.name] ?? -1];
}

class Pairs {
  private readonly told = new Map<number, number>();
  private readonly raw = new Map<number, number>();
  private readonly doubtful = new Set<number>();

  add(raw: number | undefined, told: number): void {
    // Nothing and pages have names of their own.
    if (raw === undefined || raw === 0 || told < 2) return;
    if ((this.told.get(raw) ?? told) !== told) this.doubtful.add(raw);
    const other = this.raw.get(told) ?? raw;
    if (other !== raw) this.doubtful.add(raw).add(other);
    this.told.set(raw, told);
    this.raw.set(told, raw);
  }

  words(): Map<number, string> {
    const sure = [...this.told].filter(([raw]) => !this.doubtful.has(raw));
    return new Map(sure.map(([raw, told]) => [raw, entryText(told)]));
  }
}
