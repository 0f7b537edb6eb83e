import { limit } from './limit.js';
import { settleHunk } from './settle-hunk.js';
import { unquote } from './unquote.js';

/** A damaged text made whole, with what was done to it, or why nothing certain can be made of it. */
export type Repaired = { text: string; repairs: string[] } | { reason: string };

/** The time stamp of a `---` line whose tab became a blank. */
const stamp =
  /[ \t]+(?:[A-Z][a-z]{2} [A-Z][a-z]{2} +\d{1,2} \d{2}:\d{2}:\d{2} \d{4}(?: [+-]\d{4})?|\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d+)?(?: [+-]\d{4})?)\s*$/;

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

/** Whether context lines of this diff have lost the blank that says they are context. */
function lostColumn(lines: string[]): boolean {
  const regions = lines.flatMap((line, at) =>
    hunkLine.test(line) ? [lines.slice(at + 1, regionEnd(lines, at + 1).end)] : [],
  );
  return regions.length > 0 && !regions.flat().some((line) => line.startsWith(' '));
}

/** Gives the hunks their first column back, one after the other. */
function withColumns(lines: string[]): { lines: string[] } | { reason: string } {
  const out: string[] = [];
  let file = 'the first file';
  let number = 0;
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!;
    const header = hunkLine.exec(line.slice(0, limit.headerLine));
    if (line.startsWith('+++ ')) [file, number] = [line.slice(4, 124).split('\t')[0]!, 0];
    out.push(line);
    at++;
    if (!header) continue;
    number++;
    const { end, last } = regionEnd(lines, at);
    const counts = { old: Number(header[1] ?? 1), new: Number(header[2] ?? 1) };
    const settled = settleHunk(lines.slice(at, end), counts, last);
    if ('reason' in settled) return { reason: `${file}, hunk ${number}: ${settled.reason}` };
    out.push(...settled.lines);
    at += settled.rest;
    // What is left of a signature's dashes would read as one more deleted line.
    if (last && /^-{1,3} ?$/.test(lines[at] ?? '')) at++;
  }
  return { lines: out };
}

/**
 * Undoes what archives and replies do to a diff, as far as that is certain: quote marks, time stamps whose
 * tab is gone, and the lost first column of context. undefined when the text shows no such damage. White space within
 * lines is not touched here; only the file before the patch knows it.
 */
export function repair(text: string): Repaired | undefined {
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
  if (lostColumn(lines)) {
    const given = withColumns(lines);
    if ('reason' in given) return given;
    if (given.lines.some((line, at) => line !== lines[at])) {
      repairs.push('its lines of context had lost their leading white space');
      lines = given.lines;
    }
  }
  return repairs.length === 0 ? undefined : { text: `${lines.join('\n')}\n`, repairs };
}
