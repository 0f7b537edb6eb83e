import type { Answer, TruthCase, TruthTable } from '../finding/truth.js';
import { type Palette, palette } from './colour.js';
import type { ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { count } from './phrase.js';
import { pad, widthOf } from './width.js';
import { wrap } from './wrap.js';

const good: Answer[] = ['introduced', 'fixed', 'clean'];

function paint(answer: Answer, colours: Palette): string {
  const cell = pad(answer, 12);
  if (good.includes(answer)) return colours.good(cell);
  return answer === 'not-analysed' ? colours.unsure(cell) : colours.bad(cell);
}

function mark(one: TruthCase, colours: Palette): string {
  if (!one.graded) return colours.faint(one.ok ? '(ok)' : '(--)');
  return one.ok ? colours.good('ok  ') : colours.bad('FAIL');
}

function caseLines(one: TruthCase, ids: number, context: ReportContext, colours: Palette): string[] {
  const cells = [
    mark(one, colours),
    pad(escapeLine(one.id), ids),
    paint(one.reverse, colours),
    paint(one.forward, colours),
    `${one.seconds.toFixed(1).padStart(6)} s`,
  ];
  const place = one.function === null ? '' : ` in ${escapeLine(one.function)}()`;
  const finding = one.rule === null ? '' : `${escapeLine(one.rule)}${place}`;
  const shown = one.ok && !isGap(one) && !context.explain ? [] : one.why;
  return [
    `${cells.join('  ')}  ${finding}`.trimEnd(),
    ...shown.flatMap((why) => wrap(escapeLine(why), context.columns, '        ', '          ')),
  ];
}

const isGap = ({ reverse, forward }: TruthCase) => reverse === 'not-analysed' || forward === 'not-analysed';

function total(table: TruthTable): string {
  const { races, benign } = table;
  const ungraded = table.cases.filter((one) => !one.graded).length;
  const parts = [
    `${count(races.total, 'race')}: ${races.introduced} introduced in reverse, ${races.fixed} fixed forward`,
    `${benign.total} benign: ${count(benign.falseAlarms, 'false alarm')}`,
    `${table.notAnalysed} not analysed`,
  ];
  if (ungraded > 0) parts.push(`${ungraded} not graded`);
  if (table.broken.length > 0) parts.push(`${table.broken.length} no case`);
  return `${parts.join('.  ')}.`;
}

/** The cases of each kind with what both reviews came to, and the reason of every miss. */
export function truthText(table: TruthTable, context: ReportContext): string {
  const colours = palette(context.colour);
  const lines: string[] = [];
  const ids = Math.max(4, ...table.cases.map((one) => widthOf(escapeLine(one.id))));
  const head = `${pad('', 4)}  ${pad('case', ids)}  ${pad('in reverse', 12)}  ${pad('forward', 12)}  ${pad('time', 8)}  rule`;
  for (const kind of ['race', 'benign'] as const) {
    const cases = table.cases.filter((one) => one.kind === kind);
    if (cases.length === 0) continue;
    lines.push(colours.strong(head.replace('case', kind === 'race' ? 'race' : 'benign').trimEnd()));
    lines.push(...cases.flatMap((one) => caseLines(one, ids, context, colours)), '');
  }
  for (const { id, why } of table.broken)
    lines.push(...wrap(`no case: ${escapeLine(id)}: ${escapeLine(why)}`, context.columns, '', '    '));
  if (table.broken.length > 0) lines.push('');
  return `${[...lines, total(table)].join('\n')}\n`;
}
