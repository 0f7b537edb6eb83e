import type { Finding } from '../finding/finding.js';
import type { PatchReview, Review } from '../finding/review.js';
import { asideOf, toldOf } from './aside.js';
import { palette } from './colour.js';
import type { Report, ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { verdictSentences } from './finding-text.js';
import { grounds, saidOfSeries } from './grounds.js';
import { drawInterleaving } from './interleaving.js';
import { knownAs, prose, sentence, unique } from './phrase.js';
import { replayCommand, replayIntro } from './replay-command.js';
import { conclusion } from './text.js';

/** A page of a forge shows this many columns of a fenced block without a scroll bar. */
const traceWidth = 110;
const gapLimit = 12;

/** What a forge would take for markup, a link or a mention stays what it is. */
function plain(text: string): string {
  return escapeLine(text)
    .replace(/[\\`*_{}[\]<>#|~&]/g, (mark) =>
      mark === '<' || mark === '>' || mark === '&' ? entities[mark]! : `\\${mark}`,
    )
    .replace(/@(?=\w)/g, '@\u200b')
    .replace(/\b(https?):\/\//g, '$1:\u200b//');
}

const entities: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };

/** A fence longer than any run of backticks inside of it. */
function fenced(lines: string[], language = ''): string[] {
  const longest = Math.max(
    2,
    ...lines.map((line) => Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length))),
  );
  const fence = '`'.repeat(longest + 1);
  return [fence + language, ...lines, fence];
}

function headingOf({ rule, status, location, onBaseline }: Finding): string {
  const where = location.line > 0 ? `${location.file}:${location.line}` : location.file;
  const of = onBaseline ? " of Faultline's baseline" : '';
  return `### ${status.replace('-', ' ')}: ${plain(rule)} in ${plain(location.function)}() (${plain(where)}${of})`;
}

function findingPart(finding: Finding, patch: PatchReview, context: ReportContext): string[] {
  const text = `${prose(finding.title, finding.message)} ${knownAs(finding)}`;
  const lines = [headingOf(finding), '', plain(text.trim()), ''];
  const loud = finding.status === 'introduced' || finding.status === 'unknown-origin';
  const trace = drawInterleaving(finding, {
    columns: traceWidth,
    full: context.explain,
    colours: palette(false),
  });
  lines.push(
    `<details${loud ? ' open' : ''}><summary>The interleaving</summary>`,
    '',
    ...fenced(trace, 'text'),
    '',
    '</details>',
    '',
  );
  lines.push(plain(verdictSentences(finding, patch)));
  if (finding.assumptions.length > 0)
    lines.push('', plain(sentence(`Assumes: ${unique(finding.assumptions).join('; ')}`)));
  if (finding.advice !== null) lines.push('', plain(sentence(`What usually helps: ${finding.advice}`)));
  const intro = replayIntro(patch, context);
  if (intro !== '') lines.push('', plain(`Run it again${intro}:`));
  return [...lines, '', ...fenced([replayCommand(finding.witness, context)], 'sh'), ''];
}

function gapsPart(patch: PatchReview): string[] {
  const shown = patch.notAnalysed
    .slice(0, gapLimit)
    .map(({ what, why }) => `- ${plain(what)}: ${plain(why)}`);
  if (shown.length === 0) return [];
  const more = patch.notAnalysed.length - shown.length;
  return ['Not analysed:', '', ...shown, ...(more > 0 ? [`- and ${more} more`] : []), ''];
}

function patchPart(patch: PatchReview, context: ReportContext): string[] {
  const lines = [`## ${plain(patch.subject || context.patchName || 'a diff')}`, ''];
  for (const ground of grounds(patch, context)) lines.push(plain(ground), '');
  for (const finding of toldOf(patch, context)) lines.push(...findingPart(finding, patch, context));
  for (const end of [conclusion(patch), asideOf(patch, context)]) if (end !== '') lines.push(plain(end), '');
  return [...lines, ...gapsPart(patch)];
}

/** For comments and summaries of a forge: findings with their interleavings folded, what was not analysed named. */
export function markdownReport(review: Review, context: ReportContext): Report {
  const said = saidOfSeries(review.series).flatMap((line) => [plain(line), '']);
  const lines = [...said, ...review.patches.flatMap((patch) => patchPart(patch, context))];
  return { output: `${lines.join('\n').trimEnd()}\n`, note: null };
}
