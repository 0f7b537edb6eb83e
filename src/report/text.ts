import { isOutOfReach, passingOf, racesGone, takenAway, touchesModel, wasJudged } from '../finding/reach.js';
import type { Replay } from '../finding/replay.js';
import type { PatchReview, Review } from '../finding/review.js';
import { asideOf, toldOf } from './aside.js';
import { type Palette, palette } from './colour.js';
import type { Report, ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { findingText } from './finding-text.js';
import { isBaseNews, saidOfSeries, workDone } from './grounds.js';
import { basePhrase, count, sentence, unique } from './phrase.js';
import { pad, truncate, widthOf } from './width.js';
import { wrap } from './wrap.js';

/** Left and right on one line when they fit, else under each other. */
function spread(left: string, right: string, columns: number): string[] {
  if (right === '') return [left];
  const room = columns - widthOf(right);
  return widthOf(left) + 2 <= room ? [pad(left, room) + right] : [left, right];
}

function holdsOnBothSides(replay: Replay): boolean {
  return replay.before === 'holds' && replay.after === 'holds';
}

/** What can be said of the races in which nothing was found, with how far it reaches. */
function holding(patch: PatchReview, hint: string): string {
  const holds = patch.replays.filter(holdsOnBothSides);
  if (holds.length === 0) return '';
  const bounds = unique(holds.map((replay) => replay.bound));
  const gone = racesGone(patch);
  const rest = gone === 0 ? '' : ` What ${count(gone, 'other race')} ran on is gone after the patch.`;
  return `${count(holds.length, 'known race')} not seen, before or after: ${bounds.join(' or ')}${hint}.${rest}`;
}

/** What was executed all the same, one function at a time. */
function pathsRun({ paths }: PatchReview): string {
  const run = paths.filter(({ after }) => after === 'holds' || after === 'violated').length;
  return run === 0 ? '' : ` All paths of ${count(run, 'function')} were run.`;
}

/** The answer in one line when no finding opens the report; `hint` says where the assumptions are told. */
export function conclusion(patch: PatchReview, hint = ' (assumptions: --explain)'): string {
  // What is seen after the patch, and perhaps not before it, is not "nothing".
  if (patch.findings.some(({ status }) => status === 'introduced' || status === 'unknown-origin'))
    return holding(patch, hint);
  if (isOutOfReach(patch)) return `No scenario executes what the patch changes.${pathsRun(patch)}`;
  if (!touchesModel(patch))
    return `The patch changes the meaning of nothing that a scenario executes.${pathsRun(patch)}`;
  if (!wasJudged(patch)) return 'No answer: modelled code is touched and none of it was analysed.';
  const taken = takenAway(patch);
  if (taken !== undefined) return sentence(`The patch ${taken}`);
  const held = holding(patch, hint);
  const passing = passingOf(patch);
  if (passing !== undefined) return `${sentence(`The patch ${escapeLine(passing)}`)} ${held}`.trim();
  if (held !== '') return `Nothing introduced. ${held}`;
  const takesForGranted = patch.paths.some(({ assumptions }) => assumptions.length > 0);
  return `Nothing introduced${takesForGranted ? hint : ''}.`;
}

/** How much of the list of gaps is shown unless everything is to be explained. */
const gapLimit = 12;

function gaps(patch: PatchReview, context: ReportContext, colours: Palette): string[] {
  const all = patch.notAnalysed.map((gap) => `${escapeLine(gap.what)}: ${escapeLine(gap.why)}`);
  const shown = context.explain ? all : all.slice(0, gapLimit);
  const label = 'NOT ANALYSED  ';
  const lines = shown.flatMap((gap) => wrap(gap, context.columns, label, ' '.repeat(label.length)));
  if (shown.length < all.length)
    lines.push(`${' '.repeat(label.length)}and ${all.length - shown.length} more (--explain)`);
  return lines.map((line) =>
    line.startsWith(label) ? colours.unsure(label) + line.slice(label.length) : line,
  );
}

function explanation(patch: PatchReview, context: ReportContext): string[] {
  if (!context.explain) return [];
  const lines = patch.base.tries.map((each) => {
    const commit = each.commit?.slice(0, 12) ?? null;
    const hunk = each.hunk === null ? null : `hunk ${each.hunk}`;
    const named = each.tree?.includes(commit ?? '') ? null : commit;
    const where = [each.tree, named, each.file, hunk].filter((part) => part !== null);
    return `tried ${each.method}${where.length > 0 ? ` (${where.join(', ')})` : ''}: ${each.outcome}`;
  });
  for (const touched of patch.touched) {
    const why = touched.why === null ? '' : ` (${touched.why})`;
    lines.push(
      `touched ${touched.file} ${touched.function}(): ${touched.modelled ? 'modelled' : 'not modelled'}${why}`,
    );
  }
  for (const replay of patch.replays) {
    const figures = `${replay.bound}, ${count(replay.states, 'state')}, ${count(replay.transitions, 'transition')}`;
    lines.push(`replayed ${replay.race}: ${replay.before} before, ${replay.after} after, ${figures}`);
    if (replay.functions.length > 0) lines.push(`  executes: ${replay.functions.join(', ')}`);
    if (replay.assumptions.length > 0) lines.push(`  assumes: ${replay.assumptions.join('; ')}`);
  }
  for (const run of patch.paths) {
    const outcome = `${run.before} before, ${run.after} after, ${count(run.paths, 'path')}`;
    lines.push(`ran all paths of ${run.function}(): ${outcome}`);
    if (run.assumptions.length > 0) lines.push(`  assumes: ${run.assumptions.join('; ')}`);
  }
  return lines.flatMap((line) =>
    wrap(escapeLine(line), context.columns, line.startsWith('  ') ? '    ' : '  ', '    '),
  );
}

function patchText(patch: PatchReview, context: ReportContext, colours: Palette): string[] {
  const lines = [
    colours.strong(truncate(escapeLine(patch.subject || context.patchName || 'a diff'), context.columns)),
  ];
  if (isBaseNews(patch, context))
    lines.push(...spread(basePhrase(patch.base), workDone(patch, context.elapsedMs), context.columns));
  for (const repair of patch.repairs)
    lines.push(...wrap(`repaired: ${escapeLine(repair)}`, context.columns, '', '  '));
  for (const finding of toldOf(patch, context))
    lines.push('', ...findingText(finding, patch, context, colours));
  const paragraphs = [
    ...[conclusion(patch), escapeLine(asideOf(patch, context))].map((text) =>
      text === '' ? [] : wrap(text, context.columns),
    ),
    gaps(patch, context, colours),
    explanation(patch, context),
  ];
  for (const paragraph of paragraphs) if (paragraph.length > 0) lines.push('', ...paragraph);
  return lines;
}

function seriesText(review: Review, context: ReportContext, colours: Palette): string[] {
  const { series } = review;
  const lines: string[] = [];
  if (review.patches.length !== 1)
    lines.push(colours.strong(escapeLine(series.subject || context.patchName || 'a series')));
  for (const line of saidOfSeries(series))
    lines.push(...wrap(line.charAt(0).toLowerCase() + line.slice(1), context.columns, '', '  '));
  return lines;
}

/** The report for a terminal, at most `context.columns` wide except for what is there to be copied. */
export function textReport(review: Review, context: ReportContext): Report {
  const colours = palette(context.colour);
  const parts = [
    seriesText(review, context, colours),
    ...review.patches.map((patch) => patchText(patch, context, colours)),
  ];
  const output = parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
  return { output, note: null };
}
