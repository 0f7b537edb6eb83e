import type { Finding } from '../finding/finding.js';
import type { ReviewedMessage } from '../finding/message.js';
import { racesJudged } from '../finding/reach.js';
import type { PatchReview, Review } from '../finding/review.js';
import { palette } from './colour.js';
import type { ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { verdictSentences } from './finding-text.js';
import { drawInterleaving } from './interleaving.js';
import type { Again, News } from './news.js';
import { basePhrase, count, knownAs, list, prose, sentence, unique } from './phrase.js';
import { quoteHunk } from './quote.js';
import { howToReplay, publicBase } from './replay-command.js';
import { guardLine } from './trailer.js';
import { wrap } from './wrap.js';

/** Kernel people read mail at 80 columns and quote it once or twice. */
const proseWidth = 72;
const traceWidth = 78;

function paragraph(text: string): string[] {
  return wrap(text, proseWidth);
}

function attribution(message: ReviewedMessage): string {
  const author = message.from[0];
  const name = escapeLine(author?.name || author?.address || 'somebody');
  return message.date === null ? `${name} wrote:` : `On ${escapeLine(message.date)}, ${name} wrote:`;
}

/** The hunk, what happens, the interleaving, and what both versions showed. */
function findingPart(finding: Finding, patch: PatchReview, message: ReviewedMessage): string[] {
  const quoted = quoteHunk(message.diff, finding.location);
  const text = prose(finding.title, finding.message);
  const { file, line, function: name } = finding.location;
  const of = finding.onBaseline ? " of Faultline's baseline" : '';
  const trace = drawInterleaving(finding, {
    columns: traceWidth,
    full: false,
    colours: palette(false),
  });
  const lines = [...quoted, ''];
  lines.push(
    ...paragraph(`${text} ${knownAs(finding)}`),
    ...paragraph(
      `Rule: ${escapeLine(finding.rule)}, in ${escapeLine(name)}() at ${escapeLine(file)}:${line}${of}.`,
    ),
  );
  lines.push('', ...trace.map(guardLine), '', ...paragraph(verdictSentences(finding, patch)));
  if (finding.advice !== null) lines.push(...paragraph(sentence(`What usually helps: ${finding.advice}`)));
  return lines;
}

function otherPatches({ elsewhere }: News): string[] {
  const lines = elsewhere.flatMap(({ finding, patch }) => {
    const where = `${escapeLine(finding.rule)} in ${escapeLine(finding.location.function)}()`;
    return wrap(`- "${escapeLine(patch.subject)}" introduces ${where}`, proseWidth, '', '  ');
  });
  return lines.length === 0 ? [] : ['In other patches of this series:', ...lines, ''];
}

function groundwork(findings: Finding[], patch: PatchReview): string[] {
  const assumptions = unique(findings.flatMap((finding) => finding.assumptions));
  const gaps = patch.notAnalysed.slice(0, 4).map((gap) => escapeLine(gap.what));
  const more = patch.notAnalysed.length - gaps.length;
  const parts = [`Executed on ${basePhrase(publicBase(patch)).replace(/^base:? /, '')}.`];
  if (assumptions.length > 0) parts.push(sentence(`Assumed: ${assumptions.join('; ')}`));
  if (gaps.length > 0)
    parts.push(sentence(`Not looked at: ${list(more > 0 ? [...gaps, `${more} more`] : gaps)}`));
  return [...paragraph(parts.join(' ')), ''];
}

function farewell(messageId: string, found: boolean, { sender }: ReportContext): string[] {
  const { name, address, archive, contact } = sender;
  const ask = [
    ...paragraph(
      'If this is wrong, answer with a line "#faultline invalid" and why; a person reads it. If you fix it in a separate commit rather than a new version of the patch:',
    ),
    `| Reported-by: ${escapeLine(name)} <${escapeLine(address)}>`,
    `| Closes: ${escapeLine(archive)}${messageId}`,
  ];
  const person = contact === null ? '' : ` The person behind it: ${escapeLine(contact)}.`;
  return [
    ...(found ? ask : []),
    '-- ',
    ...paragraph(`Faultline executes the patched functions; it can be wrong about the model.${person}`),
  ];
}

function stillThere(again: Again[], { sender }: ReportContext): string[] {
  return again.flatMap(({ finding, said }) => [
    ...paragraph(
      `Still present from v${said.version}: ${escapeLine(finding.rule)} in ${escapeLine(finding.location.function)}(), see`,
    ),
    `  ${escapeLine(sender.archive)}${escapeLine(said.messageId)}`,
    '',
  ]);
}

/** One sentence where nothing was found, with how far it reaches. */
function goodNews(news: News, review: Review, { history }: ReportContext): string[] {
  if (news.kind === 'fixed') {
    const versions = [...new Set([...history.told.values()].map(({ version }) => version))].sort(
      (a, b) => a - b,
    );
    const from = versions.map((version) => `v${version}`).join(' and ');
    return [
      ...paragraph(`Fixed in v${review.series.version}: what was found in ${from} is not there any more.`),
      '',
    ];
  }
  const races = review.patches.flatMap(({ replays }) => replays);
  const bounds = unique(races.map(({ bound }) => bound)).join(' or ');
  return [
    ...paragraph(`Nothing introduced: ${count(racesJudged(review.patches), 'race')} replayed, ${bounds}.`),
    '',
  ];
}

/** The whole body for one patch. `messageId` stands in it, so the caller renders it twice to hash it. */
export function mailBody(
  review: Review,
  news: News,
  message: ReviewedMessage,
  messageId: string,
  context: ReportContext,
): string {
  const { patch, findings, again } = news;
  const found = news.kind === 'found';
  const lines = [attribution(message)];
  for (const finding of findings) lines.push(...findingPart(finding, patch, message), '');
  if (!found) lines.push('', ...goodNews(news, review, context));
  if (findings.length === 0 && again.length > 0) lines.push('');
  lines.push(...stillThere(again, context));
  if (findings.length > 0)
    lines.push(...otherPatches(news), ...howToReplay(findings, patch, context.config, proseWidth));
  lines.push(...groundwork(findings, patch).map(guardLine));
  for (const page of context.elsewhere)
    lines.push('The same patch is a pull request:', `  ${escapeLine(page)}`, '');
  const guarded = lines.map((line) => (line.startsWith('| ') ? line : guardLine(line)));
  return `${[...guarded, ...farewell(messageId, found, context)].join('\n')}\n`;
}
