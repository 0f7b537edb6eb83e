import type { CoversReport, FileCover, FunctionCover } from '../finding/covers.js';
import { type Palette, palette } from './colour.js';
import type { ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { count } from './phrase.js';
import { pad, widthOf } from './width.js';
import { wrap } from './wrap.js';

function share(part: number, whole: number): string {
  return whole === 0 ? '0 of 0' : `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
}

function functionLines(
  cover: FunctionCover,
  names: number,
  context: ReportContext,
  colours: Palette,
): string[] {
  const name = pad(`${escapeLine(cover.function)}()`, names);
  const head = `  ${`${cover.line || ''}`.padStart(5)} ${name}`;
  const state = cover.modelled ? 'modelled' : cover.lowered ? 'lowered' : 'not read';
  const paint = cover.modelled ? colours.good : cover.lowered ? colours.strong : colours.unsure;
  const races =
    cover.races.length > 3 && !context.explain ? count(cover.races.length, 'race') : cover.races.join(', ');
  const more = [races, cover.why ?? ''].filter((part) => part !== '').join('; ');
  const column = ' '.repeat(widthOf(head) + 12);
  const [first = '', ...rest] = wrap(escapeLine(more), Math.max(context.columns, column.length + 30), column);
  return [`${head}  ${paint(pad(state, 8))}  ${first.trimStart()}`.trimEnd(), ...rest];
}

/** One file: every function with its reason, or only what matters of a large one. */
function fileLines(cover: FileCover, context: ReportContext, colours: Palette): string[] {
  const lowered = cover.functions.filter((each) => each.lowered).length;
  const modelled = cover.functions.filter((each) => each.modelled).length;
  const all = cover.functions.length;
  const head = `${escapeLine(cover.file)}: ${share(lowered, all)} functions lowered, ${modelled} modelled`;
  const shown = context.explain
    ? cover.functions
    : cover.functions.filter((each) => each.modelled || !each.lowered);
  const names = Math.max(0, ...shown.map((each) => widthOf(escapeLine(each.function)) + 2));
  const lines = [
    colours.strong(head),
    ...shown.flatMap((each) => functionLines(each, names, context, colours)),
  ];
  for (const problem of cover.problems)
    lines.push(...wrap(escapeLine(problem), context.columns, '  ', '    '));
  const hidden = all - shown.length;
  if (hidden > 0) lines.push(`  and ${count(hidden, 'function')} lowered, in no scenario (--explain)`);
  return lines;
}

/** How far Faultline understands the target: per file, then per function. */
export function coversText(report: CoversReport, context: ReportContext): string {
  const colours = palette(context.colour);
  const single = report.files.reduce((sum, file) => sum + file.functions.length, 0) === 1;
  const parts = report.files.map((file) =>
    fileLines(file, { ...context, explain: context.explain || single }, colours),
  );
  if (parts.length === 0) return `${escapeLine(report.target)}: nothing found\n`;
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
