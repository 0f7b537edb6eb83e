import type { MatrixCell, MatrixReport, MatrixRow } from '../finding/matrix.js';
import type { Verdict } from '../finding/verdict.js';
import { type Palette, palette } from './colour.js';
import type { ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { count } from './phrase.js';
import { pad, widthOf } from './width.js';
import { wrap } from './wrap.js';

/** One character a kernel: `X` violated by the race's own rule, `x` by another one. */
function symbol(row: MatrixRow, cell: MatrixCell): string {
  if (cell.verdict === 'violated') return cell.rules.includes(row.rule) ? 'X' : 'x';
  return { holds: '.', absent: ' ', 'not-analysed': '?' }[cell.verdict];
}

function paint(verdict: Verdict, text: string, colours: Palette): string {
  if (verdict === 'violated') return colours.bad(text);
  return verdict === 'not-analysed' ? colours.unsure(text) : colours.faint(text);
}

/** The versions as column heads: numbered, because they are longer than a column is wide. */
function legend(report: MatrixReport, context: ReportContext): string[] {
  const names = report.trees.map(({ version, problem }, at) => {
    const why = problem === null ? '' : ` (not read: ${escapeLine(problem)})`;
    return `${at + 1}: ${escapeLine(version)}${why}`;
  });
  return wrap(names.join(', '), context.columns);
}

function rowLines(row: MatrixRow, ids: number, context: ReportContext, colours: Palette): string[] {
  const cells = row.cells.map((cell) => paint(cell.verdict, ` ${symbol(row, cell)} `, colours)).join('');
  const head = `${pad(escapeLine(row.race), ids)} ${cells}  ${escapeLine(row.rule)}`;
  if (!context.explain) return [head];
  const reasons = [...new Set(row.cells.flatMap((cell) => (cell.verdict === 'absent' ? [] : cell.why)))];
  return [head, ...reasons.flatMap((why) => wrap(escapeLine(why), context.columns, '    ', '      '))];
}

function disagreements(report: MatrixReport, context: ReportContext, colours: Palette): string[] {
  return report.disagreements.flatMap(({ race, version, seen, what }) => {
    const line = `${escapeLine(race)} on ${escapeLine(version)} (Seen: ${escapeLine(seen ?? '-')}): ${escapeLine(what)}`;
    return wrap(line, context.columns, '', '    ').map((each) => colours.unsure(each));
  });
}

function total(report: MatrixReport): string {
  const cells = report.rows.flatMap((row) => row.cells.map((cell) => cell.verdict));
  const of = (verdict: Verdict) => cells.filter((each) => each === verdict).length;
  const parts = `violated ${of('violated')}, holds ${of('holds')}, absent ${of('absent')}, not analysed ${of('not-analysed')}`;
  return `${count(report.rows.length, 'race')} on ${count(report.trees.length, 'kernel')}: ${parts}`;
}

/** Races by kernels, one character a cell, and below them where the catalogue says something else. */
export function matrixText(report: MatrixReport, context: ReportContext): string {
  const colours = palette(context.colour);
  const ids = Math.max(0, ...report.rows.map((row) => widthOf(escapeLine(row.race))));
  const numbers = report.trees.map((_, at) => `${at + 1}`.padStart(2).padEnd(3)).join('');
  const lines = [
    ...legend(report, context),
    '',
    colours.strong(`${pad('', ids)} ${numbers}`.trimEnd()),
    ...report.rows.flatMap((row) => rowLines(row, ids, context, colours)),
    '',
    'X violated   x violated, by another rule only   . holds   ? not analysed   blank: absent',
    '',
    ...disagreements(report, context, colours),
    ...(report.disagreements.length > 0 ? [''] : []),
    total(report),
  ];
  return `${lines.join('\n')}\n`;
}
