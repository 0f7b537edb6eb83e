import { alignHunk } from './align-hunk.js';
import { limit } from './limit.js';
import { shown } from './name-file.js';
import { type Counts, type Settled, settleHunk } from './settle-hunk.js';
import { unquote } from './unquote.js';

/** A damaged text made whole, with what was done to it. */
export interface Repaired {
  text: string;
  repairs: string[];
  /** Why the first column is still lost; undefined when the text is whole. */
  reason: string | undefined;
}

/** The lines of a file before the patch without white space; undefined for a file that nobody has. */
export type FileLines = (path: string) => string[] | undefined;

/** The time stamp of a `---` line whose tab became a blank. */
const stamp =
  /(?<![ \t])[ \t]+(?:[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d{2}:\d{2}:\d{2} \d{4}(?: [+-]\d{4})?|\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d+)?(?: [+-]\d{4})?)\s*$/;

const hunkLine = /^@@ -\d{1,9}(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@/;

function beginsHeader(lines: string[], at: number): boolean {
  const line = lines[at]!;
  if (/^(?:diff -|Index: )/.test(line)) return true;
  return line.startsWith('--- ') && (lines[at + 1] ?? '').startsWith('+++ ');
}

function withoutStamp(line: string): string {
  if (!/^(?:---|\+\+\+) /.test(line) || line.length > limit.headerLine || line.includes('\t')) return line;
  // A stamp is short; looking for it in all of a long line would take quadratic time.
  const at = Math.max(4, line.length - 60);
  return line.slice(0, at) + line.slice(at).replace(stamp, '');
}

/** The index of the first line behind `from` that begins another hunk or another file. */
function regionEnd(lines: string[], from: number): { end: number; last: boolean } {
  for (let at = from; at < lines.length; at++) {
    if (hunkLine.test(lines[at]!)) return { end: at, last: false };
    if (beginsHeader(lines, at)) return { end: at, last: true };
  }
  return { end: lines.length, last: true };
}

/** What became of the first column of context: nothing, all of it lost, or only before tabs. */
type Column = 'kept' | 'lost' | 'lost-before-tabs';

function columnOf(lines: string[]): Column {
  const seen = { blank: false, tab: false, text: false };
  for (const [at, line] of lines.entries()) {
    const header = hunkLine.exec(line.slice(0, limit.headerLine));
    if (!header) continue;
    const [old, added] = [Number(header[1] ?? 1), Number(header[2] ?? 1)];
    // A new file has no context, and what follows its last line is prose.
    const promised = old > 0 ? at + old + added : 0;
    const { end } = regionEnd(lines, at + 1);
    for (let next = at + 1; next < end; next++) {
      const text = lines[next]!;
      if (text.startsWith(' ')) seen.blank = true;
      else if (next <= promised && text.startsWith('\t')) seen.tab = true;
      else if (next <= promised && /^[^+\-\\@]/.test(text)) seen.text = true;
    }
  }
  if (seen.blank) return seen.tab ? 'lost-before-tabs' : 'kept';
  return seen.text || seen.tab ? 'lost' : 'kept';
}

/** By the counts where they tell, else by the file before the patch. */
function settle(
  region: string[],
  counts: Counts,
  last: boolean,
  kept: boolean,
  before: string[] | undefined,
): Settled {
  const settled = settleHunk(region, counts, last, kept);
  const aligned = 'reason' in settled && before ? alignHunk(region, counts, before) : undefined;
  return aligned ? { lines: aligned, rest: aligned.length, short: 0 } : settled;
}

/** The `@@` line of a hunk that lost lines of context at its end. */
function recounted(line: string, short: number): string {
  return line.replace(/^@@ -(\d+),(\d+) \+(\d+),(\d+) @@/, (_, old, olds, added, news) => {
    return `@@ -${old},${Number(olds) - short} +${added},${Number(news) - short} @@`;
  });
}

/** Gives the hunks their first column back where they lost it, and their counts the lines that are left. */
function withHunks(
  lines: string[],
  kept: boolean,
  fileOf: FileLines,
): { lines: string[]; short: number } | { reason: string } {
  const out: string[] = [];
  let name = 'the first file';
  let number = 0;
  let short = 0;
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!;
    const header = hunkLine.exec(line.slice(0, limit.headerLine));
    if (line.startsWith('+++ ')) [name, number] = [line.slice(4, 1028).split('\t')[0]!, 0];
    out.push(line);
    at++;
    if (!header) continue;
    number++;
    const { end, last } = regionEnd(lines, at);
    const counts = { old: Number(header[1] ?? 1), new: Number(header[2] ?? 1) };
    const settled = settle(lines.slice(at, end), counts, last, kept, fileOf(name));
    if ('reason' in settled) return { reason: `${shown(name)}, hunk ${number}: ${settled.reason}` };
    if (settled.short > 0) out[out.length - 1] = recounted(line, settled.short);
    short += settled.short;
    out.push(...settled.lines);
    at += settled.rest;
    // What is left of a signature's dashes would read as one more deleted line.
    if (last && /^-{1,3} ?$/.test(lines[at] ?? '')) at++;
  }
  return { lines: out, short };
}

/**
 * Undoes what archives and replies do to a diff, as far as that is certain: quote marks, time stamps whose
 * tab is gone, and the lost first column of context. undefined when the text shows no such damage. With
 * `fileOf` the files before the patch decide what the counts leave open. White space within lines is not
 * touched here.
 */
export function repair(text: string, fileOf: FileLines = () => undefined): Repaired | undefined {
  const repairs: string[] = [];
  const quoted = unquote(text);
  if (quoted) repairs.push('it is quoted in a reply, from which it was taken');
  let lines = (quoted?.text ?? text).split('\n');
  // The end of the last line is no empty line of context.
  if (lines.at(-1) === '') lines.pop();
  const stamped = lines.map(withoutStamp);
  if (stamped.some((line, at) => line !== lines[at])) {
    repairs.push('time stamps stood within the names of its files');
    lines = stamped;
  }
  let reason: string | undefined;
  const column = columnOf(lines);
  if (column !== 'kept' || quoted) {
    const given = withHunks(lines, column !== 'lost', fileOf);
    if ('reason' in given) reason = column === 'lost' ? given.reason : undefined;
    else {
      if (column !== 'kept') repairs.push('its lines of context had lost their leading white space');
      if (given.short > 0)
        repairs.push('lines of context at its end are missing; it was counted again without them');
      lines = given.lines;
    }
  }
  return repairs.length === 0 && reason === undefined
    ? undefined
    : { text: `${lines.join('\n')}\n`, repairs, reason };
}
