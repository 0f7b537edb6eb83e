import type { Finding, FindingStatus } from '../finding/finding.js';
import type { PatchReview } from '../finding/review.js';
import type { Verdict } from '../finding/verdict.js';
import { blame } from './blame.js';
import { clashOf } from './clash.js';
import type { Palette } from './colour.js';
import type { ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { drawInterleaving } from './interleaving.js';
import { switchesOf } from './moment.js';
import { count, knownAs, prose, unique } from './phrase.js';
import { replayCommand, replayIntro } from './replay-command.js';
import { pad, widthOf } from './width.js';
import { wrap } from './wrap.js';

const labels: Record<FindingStatus, string> = {
  introduced: 'INTRODUCED',
  'unknown-origin': 'UNKNOWN ORIGIN',
  present: 'PRESENT',
  fixed: 'FIXED',
};

/** What has to be read first stands first. */
export const statusOrder: FindingStatus[] = ['introduced', 'unknown-origin', 'fixed', 'present'];

function paintStatus(status: FindingStatus, text: string, colours: Palette): string {
  if (status === 'fixed') return colours.good(text);
  return status === 'present' ? colours.unsure(text) : colours.bad(text);
}

function heading(finding: Finding, context: ReportContext, colours: Palette): string {
  const { location } = finding;
  const label = labels[finding.status];
  const where = location.line > 0 ? `${location.file}:${location.line}` : location.file;
  const rest = `  ${escapeLine(finding.rule)} in ${escapeLine(location.function)}()`;
  const right = escapeLine(where) + (location.side === 'before' ? ' (before)' : '');
  const room = context.columns - widthOf(right) - 2;
  const tail =
    widthOf(label + rest) <= room ? pad(rest, room + 2 - widthOf(label)) + right : `${rest}  ${right}`;
  return colours.strong(paintStatus(finding.status, label, colours)) + tail;
}

/** A scenario can be violated in several ways: where this one is not seen, it is another. */
function sayOf(verdict: Verdict, isWithout: boolean): string {
  return verdict === 'violated' && isWithout ? 'violated otherwise, not like this' : verdict;
}

/** What both sides showed, as one line: the verdicts, how far they reach, how long the trace is. */
function verdictLine(finding: Finding, patch: PatchReview): string {
  const replay = patch.replays.find((each) => each.race === finding.race);
  const size = `${count(switchesOf(finding.trace), 'switch')}, ${count(finding.trace.length, 'step')}`;
  if (replay === undefined) return `${count(finding.trace.length, 'step')} of one path.`;
  const states = `${count(replay.states, 'state')}`;
  const isNew = finding.status === 'introduced' || finding.status === 'unknown-origin';
  const before = sayOf(replay.before, isNew);
  const after = sayOf(replay.after, finding.status === 'fixed');
  return `before the patch: ${before}.  after: ${after}.  ${escapeLine(replay.bound)} (${states}).  ${size}.`;
}

/** The same as prose: sentences with capitals. */
export function verdictSentences(finding: Finding, patch: PatchReview): string {
  return verdictLine(finding, patch).replace(/(^|\. +)([a-z])/g, (_, end: string, first: string) => {
    return `${end.trim()}${end === '' ? '' : ' '}${first.toUpperCase()}`;
  });
}

/** One cause has many faces; the first few are enough to recognise it. */
const facesShown = 3;

function alsoSeen(finding: Finding, all: boolean): string[] {
  const faces = unique(finding.alsoSeenAs);
  if (all || faces.length <= facesShown + 1) return faces;
  return [...faces.slice(0, facesShown), `and ${faces.length - facesShown} more (--explain)`];
}

/** The command is never wrapped: it is there to be copied. */
function replayLines(finding: Finding, patch: PatchReview, context: ReportContext): string[] {
  const intro = replayIntro(patch, context).replace(/^, /, '');
  const label = `  ${'replay:'.padEnd(9)}`;
  const blank = ' '.repeat(label.length);
  const command = replayCommand(finding.witness, context);
  if (intro === '') return [`${label}${command}`];
  return [...wrap(`${intro}:`, context.columns, label, blank), `${blank}${command}`];
}

function footer(finding: Finding, patch: PatchReview, context: ReportContext): string[] {
  const lines = wrap(verdictLine(finding, patch), context.columns, '  ');
  const say = (label: string, text: string) =>
    lines.push(...wrap(text, context.columns, `  ${label.padEnd(9)}`, ' '.repeat(11)));
  const clash = clashOf(finding.trace, finding.rule);
  const blamed = clash === undefined ? undefined : blame(finding, clash);
  if (finding.hunks !== undefined && blamed !== undefined && !blamed.races) say('blamed:', blamed.text);
  if (finding.onBaseline) say('runs on:', "Faultline's baseline of this protocol, not your tree");
  if (finding.assumptions.length > 0) say('assumes:', unique(finding.assumptions).join('; '));
  for (const [at, also] of alsoSeen(finding, context.explain).entries())
    say(at === 0 ? 'also as:' : '', also);
  if (finding.advice !== null) say('advice:', escapeLine(finding.advice));
  lines.push(...replayLines(finding, patch, context));
  return lines;
}

/**
 * One finding: heading, prose, the drawn interleaving, what it rests on, how to run it again. What the
 * patch fixes or leaves as it was is told without its trace, unless everything is to be explained.
 */
export function findingText(
  finding: Finding,
  patch: PatchReview,
  context: ReportContext,
  colours: Palette,
): string[] {
  const parts = [prose(finding.title, finding.message), knownAs(finding)].filter((part) => part !== '');
  const lines = [heading(finding, context, colours)];
  lines.push(...wrap(parts.join(' '), context.columns, '  '));
  const full = finding.status === 'introduced' || finding.status === 'unknown-origin' || context.explain;
  if (!full) return [...lines, ...replayLines(finding, patch, context)];
  const trace = drawInterleaving(finding, { columns: context.columns, full: context.explain, colours });
  return [...lines, '', ...trace, '', ...footer(finding, patch, context)];
}
