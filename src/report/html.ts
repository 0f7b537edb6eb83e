import { type ComponentChild, h } from 'preact';
import type { Finding } from '../finding/finding.js';
import type { PatchReview, Review } from '../finding/review.js';
import { asideOf, toldOf } from './aside.js';
import type { Report, ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { verdictSentences } from './finding-text.js';
import { grounds, saidOfSeries } from './grounds.js';
import { htmlDocument } from './page/document.js';
import { witnessNode } from './page/witness.js';
import { knownAs, prose, sentence, unique } from './phrase.js';
import { replayCommand, replayIntro } from './replay-command.js';
import { conclusion } from './text.js';

function paragraph(label: string, text: string): ComponentChild {
  return text === '' ? null : h('p', {}, [h('strong', {}, label), text]);
}

/** One finding: what is said of it, its interleaving, what it rests on, how to run it again. */
export function findingNode(
  finding: Finding,
  patch: PatchReview,
  context: ReportContext,
  heading: 'h1' | 'h2' = 'h2',
  place = '',
): ComponentChild {
  const { file, line, function: name } = finding.location;
  const where = line > 0 ? `${file}:${line}` : file;
  return h('section', { id: `finding-${place}${finding.id}` }, [
    h(heading, {}, [
      h('span', { class: `status ${finding.status}` }, finding.status.replace('-', ' ')),
      ` ${escapeLine(finding.rule)} in `,
      h('code', {}, `${escapeLine(name)}()`),
      ' ',
      // A line of the baseline is no line of the reader's tree.
      h('small', {}, `${escapeLine(where)}${finding.onBaseline ? " of Faultline's baseline" : ''}`),
    ]),
    h('p', {}, `${prose(finding.title, finding.message)} ${knownAs(finding)}`.trim()),
    // What was there before is told in short beside what is new; alone on a page it is shown whole.
    finding.status === 'present' && heading === 'h2' && !context.explain
      ? null
      : witnessNode(finding, context.explain),
    h('p', {}, verdictSentences(finding, patch)),
    finding.onBaseline
      ? h('p', {}, "Executed on Faultline's baseline of this protocol, not on your tree.")
      : null,
    paragraph('Assumes: ', unique(finding.assumptions).join('; ')),
    paragraph('What usually helps: ', finding.advice === null ? '' : sentence(finding.advice)),
    h('p', {}, `Run it again${replayIntro(patch, context)}:`),
    h('pre', { class: 'command' }, replayCommand(finding.witness, context)),
  ]);
}

function gapsNode(patch: PatchReview): ComponentChild {
  if (patch.notAnalysed.length === 0) return null;
  const items = patch.notAnalysed.map(({ what, why }) =>
    h('li', {}, `${escapeLine(what)}: ${escapeLine(why)}`),
  );
  return h('section', {}, [h('h2', {}, 'Not analysed'), h('ul', { class: 'facts' }, items)]);
}

/** One patch of a review; the same finding in several of them has a place of its own in each. */
export function patchNode(patch: PatchReview, context: ReportContext, at = 0): ComponentChild {
  const end = conclusion(patch);
  const findings = toldOf(patch, context);
  const aside = asideOf(patch, context);
  return h('article', {}, [
    h('h1', {}, escapeLine(patch.subject || context.patchName || 'a diff')),
    ...grounds(patch, context).map((line) => h('p', { class: 'quiet' }, line)),
    ...findings.map((finding) => findingNode(finding, patch, context, 'h2', at === 0 ? '' : `${at + 1}-`)),
    end === '' ? null : h('p', {}, end),
    aside === '' ? null : h('p', { class: 'quiet' }, escapeLine(aside)),
    gapsNode(patch),
  ]);
}

/** One self-contained page: nothing is fetched, and without JavaScript it is the whole story as tables. */
export function htmlReport(review: Review, context: ReportContext): Report {
  const title = `Faultline: ${escapeLine(review.series.subject || context.patchName || 'review')}`;
  const said = saidOfSeries(review.series).map((line) => h('p', {}, line));
  const body = h('main', {}, [...said, ...review.patches.map((patch, at) => patchNode(patch, context, at))]);
  return { output: htmlDocument(title, body), note: null };
}
