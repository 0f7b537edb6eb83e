import type { SelfTest, SelfTestReport } from '../finding/self-test.js';
import { palette } from './colour.js';
import type { ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { count } from './phrase.js';
import { pad, widthOf } from './width.js';

function complaint(entry: SelfTest): string {
  if (entry.ok) return '';
  if (entry.broken !== 'violated') return `  BROKEN shows nothing: ${entry.broken}`;
  if (entry.repaired !== 'holds') return `  repaired is ${entry.repaired}`;
  return '  BROKEN violates another rule than its own';
}

/** Every entry with its BROKEN override and without it; the last line says how many do not behave. */
export function selfTestText(report: SelfTestReport, context: ReportContext): string {
  const colours = palette(context.colour);
  const ids = Math.max(0, ...report.entries.map((entry) => widthOf(escapeLine(entry.id))));
  const lines = report.entries.map((entry) => {
    const mark = entry.ok ? colours.good('ok  ') : colours.bad('FAIL');
    const sides = `broken: ${pad(entry.broken, 12)}  repaired: ${entry.repaired}`;
    return `${mark}  ${pad(escapeLine(entry.id), ids)}  ${sides}${complaint(entry)}`;
  });
  const failed = report.entries.filter((entry) => !entry.ok).length;
  const verdict = failed === 0 ? 'every one behaves' : `${failed} do not behave`;
  return `${[...lines, '', `${count(report.entries.length, 'entry')}: ${verdict}`].join('\n')}\n`;
}
