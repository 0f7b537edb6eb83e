import type { MatchedRace, MatchReport } from '../finding/match.js';
import { palette } from './colour.js';
import type { ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { wrap } from './wrap.js';

/** The innermost functions are enough to recognise a trace. */
const functionsShown = 8;

function read(report: MatchReport): string {
  const { symptoms, functions, kernel } = report;
  const names = functions.slice(0, functionsShown).map((name) => `${escapeLine(name)}()`);
  const more = functions.length > functionsShown ? `, and ${functions.length - functionsShown} more` : '';
  const parts = [
    symptoms.length > 0 ? symptoms.map(escapeLine).join(', ') : 'no report of a kernel, a text',
    kernel === null ? '' : `on ${escapeLine(kernel)}`,
    names.length > 0 ? `in ${names.join(', ')}${more}` : '',
  ];
  return `read: ${parts.filter((part) => part !== '').join(' ')}`;
}

function entry(match: MatchedRace, context: ReportContext): string[] {
  const { strong } = palette(context.colour);
  const row = (name: string, value: string | null) =>
    value === null ? [] : wrap(escapeLine(value), context.columns, `  ${name.padEnd(8)}`, ' '.repeat(10));
  return [
    '',
    `${strong(escapeLine(match.race))}  ${escapeLine(match.rule)}`,
    ...wrap(escapeLine(match.title), context.columns, '  '),
    ...match.why.flatMap((why, at) => row(at === 0 ? 'why:' : '', why)),
    ...row('seen:', match.seen),
    ...row('fixed:', match.fixed),
    ...row('advice:', match.advice),
  ];
}

/** What was read of a report, and the entries that fit it, each with its reasons. */
export function matchText(report: MatchReport, context: ReportContext): string {
  const lines = wrap(read(report), context.columns, '', '  ');
  if (report.matches.length === 0) lines.push('', 'Nothing in the catalogue fits.');
  return `${[...lines, ...report.matches.flatMap((match) => entry(match, context))].join('\n')}\n`;
}
