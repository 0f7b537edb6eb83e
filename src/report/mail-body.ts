import type { Finding } from '../finding/finding.js';
import type { ReviewedMessage } from '../finding/message.js';
import type { Base, PatchReview, Review } from '../finding/review.js';
import { palette } from './colour.js';
import type { ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { replayCommand, verdictLine } from './finding-text.js';
import { drawInterleaving } from './interleaving.js';
import { basePhrase, knownAs, list, prose, sentence, unique } from './phrase.js';
import { quoteHunk } from './quote.js';
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
  const trace = drawInterleaving(finding.trace, {
    columns: traceWidth,
    full: false,
    colours: palette(false),
  });
  const lines = [...quoted, ''];
  lines.push(
    ...paragraph(`${text} ${knownAs(finding)}`),
    ...paragraph(
      `Rule: ${escapeLine(finding.rule)}, in ${escapeLine(name)}() at ${escapeLine(file)}:${line}.`,
    ),
  );
  lines.push(
    '',
    ...trace.map(guardLine),
    '',
    ...paragraph(verdictLine(finding, patch).replace(/^before/, 'Before')),
  );
  if (finding.advice !== null) lines.push(...paragraph(sentence(`What usually helps: ${finding.advice}`)));
  return lines;
}

/** Findings of the series' other patches: told here, because a series gets one mail. */
function otherPatches(review: Review, answered: PatchReview): string[] {
  const lines: string[] = [];
  for (const patch of review.patches) {
    if (patch === answered) continue;
    const rules = patch.findings.filter((each) => each.status === 'introduced');
    for (const each of rules)
      lines.push(
        ...wrap(
          `- "${escapeLine(patch.subject)}" introduces ${escapeLine(each.rule)} in ${escapeLine(each.location.function)}()`,
          proseWidth,
          '',
          '  ',
        ),
      );
  }
  return lines.length === 0 ? [] : ['In other patches of this series:', ...lines, ''];
}

/** The reader has the mail, not our file: the command names one that they save it as. */
const savedAs = 'patch.mbox';

/** Without `--tree`: Faultline takes the checkout that it is started in, and our paths are not the reader's. */
function howToReplay(findings: Finding[], patch: PatchReview): string[] {
  const { tree, commit } = publicBase(patch);
  const checkout = patch.base.baseline
    ? ''
    : `, in a checkout of ${escapeLine(commit?.slice(0, 12) ?? tree ?? 'its base')}`;
  const commands = findings.map((finding) =>
    replayCommand(finding, savedAs, []).replace(' --patch', ' \\\n    --patch'),
  );
  const intro = paragraph(`To run it again${checkout}, with this patch saved as ${savedAs}:`);
  return [...intro, ...commands.flatMap((each) => `  ${each}`.split('\n')), ''];
}

/** A folder of the machine that answers is nobody's business: only its last name is told. */
function publicBase(patch: PatchReview): Base {
  const { base } = patch;
  return {
    ...base,
    tree: base.tree === null ? null : base.tree.replace(/[/\\]+$/, '').replace(/^.*[/\\]/, ''),
  };
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

function farewell(messageId: string, context: ReportContext): string[] {
  const { name, address, archive } = context.sender;
  const ask = `If this is wrong, answer with a line "#faultline invalid" and why; a person reads it. If you fix it in a separate commit rather than a new version of the patch:`;
  return [
    ...paragraph(ask),
    `| Reported-by: ${escapeLine(name)} <${escapeLine(address)}>`,
    `| Closes: ${escapeLine(archive)}${messageId}`,
    '-- ',
    ...paragraph('Faultline executes the patched functions; it can be wrong about the model.'),
  ];
}

/** The whole body for one patch. `messageId` stands in it, so the caller renders it twice to hash it. */
export function mailBody(
  review: Review,
  patch: PatchReview,
  message: ReviewedMessage,
  messageId: string,
  context: ReportContext,
): string {
  const findings = patch.findings.filter((finding) => finding.status === 'introduced');
  const lines = [attribution(message)];
  for (const finding of findings) lines.push(...findingPart(finding, patch, message), '');
  lines.push(...otherPatches(review, patch), ...howToReplay(findings, patch));
  lines.push(...groundwork(findings, patch).map(guardLine));
  return `${[...lines.map((line) => (line.startsWith('| ') ? line : guardLine(line))), ...farewell(messageId, context)].join('\n')}\n`;
}
