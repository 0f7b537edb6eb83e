import type { FilePatch, Hunk, HunkLine } from '../../change/patch.js';

type Kind = HunkLine['kind'];

/** Lines of two texts that are not the same, as runs of one difference each; lines count from 1. */
function* differences(
  before: string[],
  after: string[],
): Generator<{ old: number; new: number; lines: [Kind, string][] }> {
  let top = 0;
  while (top < before.length && top < after.length && before[top] === after[top]) top++;
  let end = 0;
  const left = Math.min(before.length, after.length) - top;
  while (end < left && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const [a, b] = [before.slice(top, before.length - end), after.slice(top, after.length - end)];
  const best = Array.from({ length: a.length + 1 }, () => new Int32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      best[i]![j] = a[i] === b[j] ? best[i + 1]![j + 1]! + 1 : Math.max(best[i + 1]![j]!, best[i]![j + 1]!);
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i++;
      j++;
      continue;
    }
    const run = { old: top + i + 1, new: top + j + 1, lines: [] as [Kind, string][] };
    while ((i < a.length || j < b.length) && !(i < a.length && j < b.length && a[i] === b[j])) {
      const drop = j === b.length || (i < a.length && best[i + 1]![j]! >= best[i]![j + 1]!);
      run.lines.push(drop ? ['delete', a[i++]!] : ['add', b[j++]!]);
    }
    yield run;
  }
}

/** What a line says, whatever braces the graft put on it. */
function said(text: string): string {
  return text.replace(/[\s{}]+/g, '');
}

/**
 * The patch as it came out on the baseline: other line numbers than the mail's, and the lines of the mail that
 * they stand for.
 */
export function graftedPatch(file: FilePatch, before: string, after: string): FilePatch {
  const changed = file.hunks.flatMap(({ lines }) => lines.filter(({ kind }) => kind !== 'context'));
  const places = new Map<string, number>();
  for (const { kind, text, at } of [...changed].reverse()) places.set(`${kind} ${said(text)}`, at);
  let last = changed[0]?.at ?? 1;
  const hunks = [...differences(before.split('\n'), after.split('\n'))].map((run, index): Hunk => {
    const lines = run.lines.map(([kind, text]): HunkLine => {
      last = places.get(`${kind} ${said(text)}`) ?? last;
      return { kind, text, oldLine: undefined, newLine: undefined, at: last, noNewline: false };
    });
    const count = (kind: Kind) => lines.filter((line) => line.kind === kind).length;
    return {
      number: index + 1,
      oldStart: run.old,
      oldLines: count('delete'),
      newStart: run.new,
      newLines: count('add'),
      section: '',
      lines,
      at: last,
    };
  });
  return { ...file, hunks };
}
