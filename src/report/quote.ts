import type { Location } from '../finding/finding.js';
import { escapeLines } from './escape.js';

/** More of a hunk than this is cut: the reader has the patch. */
const linesBefore = 10;
/** Fewer lines than this are not worth a cut. */
const smallestCut = 4;
const linesAfter = 2;
/** Quotes are never wrapped, but a line of a mail may hold 998 bytes. */
const longestLine = 900;
const cutMark = '> [ ... ]';

interface HunkPlace {
  /** Indices into the diff's lines. */
  file: number;
  header: number;
  target: number;
  end: number;
}

function pathOf(line: string): string {
  return line
    .slice(4)
    .split('\t')[0]!
    .replace(/^[ab]\//, '');
}

function isHeader(line: string): boolean {
  return line.startsWith('diff ') || line.startsWith('@@ ') || line.startsWith('-- ');
}

/** The part of the diff about one file: from its first header line to the next file's. */
function fileRange(lines: string[], file: string): [from: number, to: number] | undefined {
  const at = lines.findIndex(
    (line, index) =>
      (line.startsWith('--- ') && pathOf(line) === file && lines[index + 1]?.startsWith('+++ ') === true) ||
      (line.startsWith('+++ ') && pathOf(line) === file),
  );
  if (at < 0) return undefined;
  let from = at;
  while (from > 0 && !lines[from]!.startsWith('diff ') && at - from < 12) from--;
  if (!lines[from]!.startsWith('diff ')) from = lines[at]!.startsWith('+++ ') ? at - 1 : at;
  const next = lines.findIndex((line, index) => index > at && line.startsWith('diff '));
  return [Math.max(0, from), next < 0 ? lines.length : next];
}

/** Walks one hunk; the index of the line that is `wanted` on `side`, or of the nearest changed line before. */
function findInHunk(lines: string[], header: number, end: number, location: Location): number | undefined {
  const match = /^@@ -(\d{1,9})(?:,\d{1,9})? \+(\d{1,9})(?:,\d{1,9})? @@/.exec(lines[header]!);
  if (match === null) return undefined;
  const skip = location.side === 'before' ? '+' : '-';
  let number = Number(match[location.side === 'before' ? 1 : 2]);
  if (location.line < number) return undefined;
  for (let at = header + 1; at < end; at++) {
    const line = lines[at]!;
    if (line.startsWith(skip) || line.startsWith('\\')) continue;
    if (number === location.line) return at;
    number++;
  }
  return undefined;
}

/** Where in the diff to answer: by the finding's own hunk line, else by counting, else at the first hunk. */
function findPlace(lines: string[], location: Location): HunkPlace | undefined {
  const range = fileRange(lines, location.file);
  if (range === undefined) return undefined;
  const [file, to] = range;
  let first: HunkPlace | undefined;
  for (let header = file; header < to; header++) {
    if (!lines[header]!.startsWith('@@ ')) continue;
    let end = header + 1;
    while (end < to && !isHeader(lines[end]!)) end++;
    const named = location.hunkLine === null ? -1 : location.hunkLine - 1;
    const target = named > header && named < end ? named : findInHunk(lines, header, end, location);
    if (target !== undefined) return { file, header, target, end };
    first ??= { file, header, target: lastChange(lines, header, end), end };
  }
  return first;
}

/** Outside all hunks (the race shows in code that the patch left alone), the first hunk's change is quoted. */
function lastChange(lines: string[], header: number, end: number): number {
  for (let at = end - 1; at > header; at--) if (/^[+-]/.test(lines[at]!)) return at;
  return Math.min(header + 1, end - 1);
}

function quoteLine(line: string): string {
  const text = escapeLines(line);
  return `> ${text.length > longestLine ? `${text.slice(0, longestLine)}..` : text}`;
}

/**
 * The hunk that a finding is about, quoted for an answer below it: the file's `diff` line, the `@@` line and
 * the lines around the place; cuts are marked. Empty when the diff does not hold the file.
 */
export function quoteHunk(diff: string, location: Location): string[] {
  const lines = diff.split('\n');
  const place = findPlace(lines, location);
  if (place === undefined) return [];
  const begin = place.header + 1;
  const from = place.target - linesBefore < begin + smallestCut ? begin : place.target - linesBefore;
  const to = Math.min(place.end, place.target + 1 + linesAfter);
  const quoted = [quoteLine(lines[place.file]!)];
  if (place.header > place.file + 1) quoted.push(cutMark);
  quoted.push(quoteLine(lines[place.header]!));
  if (from > begin) quoted.push(cutMark);
  quoted.push(
    ...lines
      .slice(from, to)
      .filter((line, at) => line !== '' || at < to - from - 1)
      .map(quoteLine),
  );
  if (to < place.end) quoted.push(cutMark);
  return quoted;
}
