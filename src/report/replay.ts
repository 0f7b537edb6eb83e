import type { ReplayReport } from '../finding/replay-report.js';
import { palette } from './colour.js';
import type { ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { drawInterleaving } from './interleaving.js';
import { switchesOf } from './moment.js';
import { count, prose, sentence, unique } from './phrase.js';
import { wrap } from './wrap.js';

const outcomes = {
  reproduced: 'REPRODUCED',
  'other-code': 'OTHER CODE',
  'not-reproduced': 'NOT REPRODUCED',
} as const;

/** One witness executed again: the same violation with its trace, or why there is none. */
export function replayText(report: ReplayReport, context: ReportContext): string {
  const colours = palette(context.colour);
  const { finding } = report;
  const label = outcomes[report.outcome];
  const paint = report.outcome === 'reproduced' ? colours.bad : colours.unsure;
  const what =
    finding === null
      ? escapeLine(report.witness)
      : `${escapeLine(finding.rule)} in ${escapeLine(finding.location.function)}()`;
  const lines = [`${paint(label)}  ${what}`];
  for (const why of report.why) lines.push(...wrap(sentence(why), context.columns, '  '));
  if (finding !== null) {
    lines.push(...wrap(prose(finding.title, finding.message), context.columns, '  '), '');
    lines.push(
      ...drawInterleaving(finding, { columns: context.columns, full: context.explain, colours }),
      '',
    );
    lines.push(`  ${count(switchesOf(finding.trace), 'switch')}, ${count(finding.trace.length, 'step')}.`);
    if (finding.assumptions.length > 0)
      lines.push(
        ...wrap(`assumes: ${unique(finding.assumptions).join('; ')}`, context.columns, '  ', '    '),
      );
  }
  return `${lines.join('\n')}\n`;
}
