import type { Finding } from '../finding/finding.js';
import type { TraceStep } from '../finding/trace.js';
import { clashOf } from './clash.js';
import type { Palette } from './colour.js';
import { escapeLine } from './escape.js';
import { type Row, rowsOf } from './row.js';
import { shortenSource } from './shorten.js';
import { pad, truncate, widthOf } from './width.js';
import { wrap, wrapIntoColumn } from './wrap.js';

/** A column narrower than this cannot hold a statement: then the trace is drawn as one list. */
const narrowestColumn = 20;
const gap = 3;
const indent = 2;

interface Thread {
  number: number;
  role: string;
}

function threadsOf(trace: TraceStep[]): Thread[] {
  const roles = new Map<number, string>();
  for (const step of trace) if (!roles.has(step.thread)) roles.set(step.thread, escapeLine(step.role));
  return [...roles].map(([number, role]) => ({ number, role })).sort((a, b) => a.number - b.number);
}

/** A row's text in a column of `cells` cells; the numbers of all lines end in one place. */
function linesOf(row: Row, cells: number, numbers: number): string[] {
  const margin = ' '.repeat(numbers + 1);
  if (row.kind === 'function') return [truncate(row.text, cells)];
  if (row.kind === 'elided') return [margin + row.text];
  if (row.kind !== 'source') {
    const under = `${margin}${row.kind === 'note' ? '  ' : ''}`;
    const room = Math.max(8, cells - widthOf(under));
    return wrapIntoColumn(row.text, room, row.kind === 'broken' ? '    ' : '', 4).map((l) => under + l);
  }
  const lines = wrapIntoColumn(shortenSource(row.text, cells - numbers - 1), cells - numbers - 1, '    ', 2);
  const number = `${row.clashes ? '>' : ''}${row.line}`.padStart(numbers);
  const numbered = lines.map((line, at) => `${at === 0 ? number : margin.slice(1)} ${line}`);
  return withResult(numbered, row.result, cells, `${margin}  `);
}

function withResult(lines: string[], result: string, cells: number, under: string): string[] {
  if (result === '') return lines;
  const last = lines.at(-1)!;
  if (widthOf(last) + 2 + widthOf(result) <= cells) return [...lines.slice(0, -1), `${last}  ${result}`];
  return [...lines, ...wrapIntoColumn(result, cells - widthOf(under), '', 2).map((line) => under + line)];
}

function paint(row: Row, text: string, colours: Palette): string {
  if (row.kind === 'broken') return colours.bad(text);
  if (row.kind === 'function' || row.clashes) return colours.strong(text);
  return row.kind === 'elided' ? colours.faint(text) : text;
}

/** Places `cell` in its column; a function's name may share the line of another thread's last statement. */
function drawColumns(
  rows: Row[],
  threads: Thread[],
  cells: number,
  numbers: number,
  colours: Palette,
): string[] {
  const page: { cells: string[]; row: Row }[] = [];
  for (const row of rows) {
    const column = threads.findIndex((thread) => thread.number === row.thread);
    for (const line of linesOf(row, cells, numbers)) {
      const above = page.at(-1);
      const free = row.kind === 'function' && above !== undefined && above.row.thread !== row.thread;
      const place = free && above.row.kind !== 'function' ? above : { cells: threads.map(() => ''), row };
      if (place !== above) page.push(place);
      const painted = paint(row, line, colours);
      place.cells[column] = painted + ' '.repeat(Math.max(0, cells - widthOf(line)));
    }
  }
  const blank = ' '.repeat(cells);
  return page.map(({ cells: line }) => line.map((cell) => cell || blank).join(' '.repeat(gap)));
}

/** Too little room for columns: one list, each line headed by its thread's number. */
function drawList(
  rows: Row[],
  threads: Thread[],
  width: number,
  numbers: number,
  colours: Palette,
): string[] {
  const legend = threads.map((thread) => truncate(`${thread.number}  ${thread.role}`, width));
  const body = rows.flatMap((row) =>
    linesOf(row, width - 4, numbers).map((line) => `${row.thread} | ${paint(row, line, colours)}`),
  );
  return [...legend, '-'.repeat(Math.min(width, 40)), ...body];
}

/**
 * The trace as kernel people draw it: a column a thread, time downwards, what races marked with `>`. At most
 * `columns` cells wide. Lines are indented by two blanks and end without blanks.
 */
export function drawInterleaving(
  { trace, rule }: Pick<Finding, 'trace' | 'rule'>,
  options: { columns: number; full: boolean; colours: Palette },
): string[] {
  const threads = threadsOf(trace);
  if (threads.length === 0) return [];
  const rows = rowsOf(trace, options.full, clashOf(trace, rule));
  const numbers = Math.max(3, ...rows.map(({ line, clashes }) => `${line}`.length + (clashes ? 1 : 0)));
  const width = options.columns - indent;
  const cells = Math.min(96, Math.floor((width - gap * (threads.length - 1)) / threads.length));
  const left = ' '.repeat(indent);
  const finish = (line: string) => (left + line).trimEnd();
  const legend = rows.some(({ clashes }) => clashes) ? [options.colours.faint('> marks what races')] : [];
  if (cells < narrowestColumn)
    return [...drawList(rows, threads, width, numbers, options.colours), ...legend].map(finish);
  const between = ' '.repeat(gap);
  const rules = threads.map(() => '-'.repeat(cells));
  const body = drawColumns(rows, threads, cells, numbers, options.colours);
  return [...heads(threads, cells, between), rules.join(between), ...body, ...legend].map(finish);
}

/** What each thread does, over its column: two may differ in the last word only. */
function heads(threads: Thread[], cells: number, between: string): string[] {
  const own = threads.map(({ number, role }) => wrap(role, cells, `${number}  `, '   ').slice(0, 3));
  const rows = Math.max(...own.map(({ length }) => length));
  return Array.from({ length: rows }, (_, at) =>
    own.map((lines) => pad(truncate(lines[at] ?? '', cells), cells)).join(between),
  );
}
