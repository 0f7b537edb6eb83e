import type { CheckReport, CheckResult } from '../finding/check.js';
import type { Verdict } from '../finding/verdict.js';
import { type Palette, palette } from './colour.js';
import type { ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { count, unique } from './phrase.js';
import { replayCommand } from './replay-command.js';
import { pad, widthOf } from './width.js';
import { wrap } from './wrap.js';

const order: Verdict[] = ['violated', 'not-analysed', 'holds', 'absent'];

function paint(verdict: Verdict, colours: Palette): (text: string) => string {
  if (verdict === 'violated') return colours.bad;
  if (verdict === 'not-analysed') return colours.unsure;
  return verdict === 'holds' ? colours.good : colours.faint;
}

function reach(result: CheckResult): string {
  if (result.verdict === 'absent') return '';
  const parts = result.bound === null ? [] : [escapeLine(result.bound)];
  if (result.states > 0) parts.push(count(result.states, 'state'));
  return parts.join(', ');
}

function details(result: CheckResult, context: ReportContext): string[] {
  const under = ' '.repeat(4);
  const lines: string[] = [];
  const say = (text: string) => lines.push(...wrap(escapeLine(text), context.columns, under, `${under}  `));
  if (context.explain) for (const signature of result.signatures) say(signature);
  if (result.verdict !== 'absent' || context.explain) for (const why of result.why) say(why);
  if (result.location !== null)
    say(`at ${result.location.file}:${result.location.line} in ${result.location.function}()`);
  if (context.explain && result.assumptions.length > 0) say(`assumes: ${result.assumptions.join('; ')}`);
  if (result.witness !== null) {
    lines.push(`${under}replay: ${replayCommand(result.witness, context)}`);
  }
  return lines;
}

function total(report: CheckReport): string {
  const parts = order.map((verdict) => ({
    verdict,
    n: report.results.filter((result) => result.verdict === verdict).length,
  }));
  const told = parts.filter((part) => part.n > 0).map((part) => `${part.n} ${part.verdict}`);
  return `${count(report.results.length, 'race')}: ${told.length === 0 ? 'none' : told.join(', ')}`;
}

/** The races of the catalogue on one tree, worst first, with what each verdict rests on. */
export function checkText(report: CheckReport, context: ReportContext): string {
  const colours = palette(context.colour);
  const lines = [colours.strong(escapeLine(report.tree)), ''];
  const widest = (texts: string[]) => Math.max(0, ...texts.map((text) => widthOf(escapeLine(text))));
  const ids = widest(report.results.map((result) => result.race));
  const rules = widest(report.results.map((result) => result.rule));
  for (const verdict of order) {
    for (const result of report.results.filter((each) => each.verdict === verdict)) {
      const head = `${paint(verdict, colours)(pad(verdict, 13))} ${pad(escapeLine(result.race), ids)}`;
      lines.push(`${head}  ${pad(escapeLine(result.rule), rules)}  ${reach(result)}`.trimEnd());
      lines.push(...details(result, context));
    }
  }
  const assumed = unique(report.results.flatMap((result) => result.assumptions));
  if (assumed.length > 0 && !context.explain)
    lines.push('', ...wrap(`assumes: ${assumed.join('; ')}`, context.columns, '', '  '));
  lines.push('', total(report));
  return `${lines.join('\n')}\n`;
}
