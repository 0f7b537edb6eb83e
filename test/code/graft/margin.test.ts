import { describe, expect, it } from 'vitest';
import { cut } from '../../../src/code/graft/cut.js';
import { type Outline, outlineOf } from '../../../src/code/graft/outline.js';
import { type Placement, place } from '../../../src/code/graft/place.js';
import { saidElsewhere } from '../../../src/code/graft/said-elsewhere.js';
import { scriptOf } from '../../../src/code/graft/script.js';
import { segmentsOf } from '../../../src/code/graft/segment.js';
import { sideOf } from '../../../src/code/graft/side.js';
import { operationsOf } from '../../../src/code/graft/similarity.js';
import { isClear, type Threshold, thresholds } from '../../../src/code/graft/threshold.js';
import { readBaseline } from '../../../src/race/baseline.js';
import { type ForeignHunk, foreignHunks } from './foreign-hunks.js';

/** Hunks of the first era laid on the second: what stands around a place is told in other words there. */
const pairs = [
  ['early-xarray', 'order-xarray'],
  ['xarray', 'order-xarray'],
  ['radix', 'order-xarray'],
] as const;

/** Every fifth hunk will do; all of them take a minute. */
const step = 5;

interface Laid {
  placement: Placement;
  right: boolean;
}

function outlineOfEra(era: string): Outline {
  return outlineOf(readBaseline(era).files.get('fs/dax.c')!);
}

function layOn(foreign: ForeignHunk, base: Outline, takes: (name: string) => boolean): Laid | undefined {
  const [before, after] = [
    sideOf(foreign.hunk, 'before', { lost: false, own: new Set() }),
    sideOf(foreign.hunk, 'after', { lost: false, own: new Set() }),
  ];
  const [segment] = segmentsOf(scriptOf(before, after), '');
  const candidates = base.functions.filter(({ name }) => takes(name!));
  if (segment === undefined || candidates.length === 0) return undefined;
  const texts = { before: before.text, after: after.text };
  const [best, second] = candidates.map((part) => place(segment, part, texts)).sort((a, b) => b.fit - a.fit);
  if (best?.why !== undefined || saidElsewhere(best!, base) !== undefined) return undefined;
  const margin = second === undefined ? best!.margin : Math.min(best!.margin, best!.fit - second.fit);
  return { placement: { ...best!, margin }, right: isRight(foreign, best!, base) };
}

/** The statement itself, or one that does the same in the other era's words, to a variable of another name. */
function isRight(foreign: ForeignHunk, { part, edits }: Placement, base: Outline): boolean {
  const operations = (text: string) =>
    cut(text)
      .slice(0, 1)
      .flatMap(operationsOf)
      .filter((operation) => !operation.startsWith('assign'))
      .join();
  const there = base.text.slice(edits[0]!.start, edits[0]!.end);
  return (
    part.name === foreign.function && there !== '' && operations(there) === operations(foreign.statement)
  );
}

const laid = { named: [] as Laid[], absent: [] as Laid[] };
for (const [from, to] of pairs) {
  const base = outlineOfEra(to);
  for (const foreign of foreignHunks(outlineOfEra(from)).filter((_, at) => at % step === 0)) {
    const named = layOn(foreign, base, (name) => name === foreign.function);
    if (named !== undefined) laid.named.push(named);
    // The function that a hunk without a name belongs to may not be there at all.
    const absent = layOn(foreign, base, (name) => role(name) !== role(foreign.function));
    if (absent !== undefined) laid.absent.push(absent);
  }
}

/** Functions that changed their name and nothing else. */
function role(name: string): string {
  return name
    .replace(/_folio$/, '_page')
    .replace(/_range$/, '')
    .replace(/^dax_lock_mapping_entry$/, 'dax_lock_page');
}

function countClear(all: Laid[], least: Threshold): { right: number; wrong: number } {
  const clear = all.filter(({ placement }) => isClear(placement, least));
  return {
    right: clear.filter(({ right }) => right).length,
    wrong: clear.filter(({ right }) => !right).length,
  };
}

describe('the margins of alignments', () => {
  it('are printed, right and wrong, for who wants to move a threshold', () => {
    const rows = [0.3, 0.5, 0.7, 0.8, 0.9].flatMap((fit) =>
      [0.05, 0.1, 0.2, 0.4].map((margin) => {
        const named = countClear(laid.named, { fit, margin, mass: 0 });
        const absent = countClear(laid.absent, { fit, margin, mass: thresholds.unnamed.mass });
        return `fit ${fit} margin ${margin}: named ${named.right} right, ${named.wrong} wrong; unnamed ${absent.wrong} wrong`;
      }),
    );
    process.stdout.write(`${rows.join('\n')}\n`);
    expect(laid.named.length).toBeGreaterThan(100);
    // 50 now: eras that are told differently have fewer statements for a hunk to be mistaken for.
    expect(laid.absent.length).toBeGreaterThan(40);
  });

  it('tell right from wrong where the function is known: at most one in twenty is another statement', () => {
    const { right, wrong } = countClear(laid.named, thresholds.named);
    expect(right).toBeGreaterThan(0.85 * laid.named.filter((one) => one.right).length);
    expect(wrong).toBeLessThanOrEqual(right / 20);
  });

  it('let no hunk without a name into a function that is not its own', () => {
    expect(countClear(laid.absent, thresholds.unnamed).wrong).toBe(0);
    // With the thresholds of a known function many would get in: the test can fail.
    expect(countClear(laid.absent, thresholds.named).wrong).toBeGreaterThan(10);
  });
});
