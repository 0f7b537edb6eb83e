import type { Finding } from '../finding/finding.js';
import type { ReviewedMessage } from '../finding/message.js';
import { ownLine } from '../finding/own-line.js';
import { takenAway, touchesModel, wasJudged } from '../finding/reach.js';
import type { PatchReview, Review } from '../finding/review.js';
import { palette } from './colour.js';
import { escapeLine, escapeLines } from './escape.js';
import { verdictSentences } from './finding-text.js';
import { drawInterleaving } from './interleaving.js';
import { prose } from './phrase.js';
import { quoteHunk } from './quote.js';
import { howToReplay } from './replay-command.js';
import { wrap } from './wrap.js';

/** How a series stands, in the words that `b4 review` reads from `/api/patchset`. */
export type PatchsetStatus =
  | 'Pending'
  | 'In Review'
  | 'Reviewed'
  | 'Failed'
  | 'Failed To Apply'
  | 'Incomplete';

/** The answer to `GET /api/patchset?id=MESSAGE-ID`, in the shape that b4 (0.15 and later) reads. */
export interface Patchset {
  id: string;
  message_id: string;
  status: PatchsetStatus;
  patches: { id: number; message_id: string }[];
  reviews: {
    id: number;
    patch_id: number;
    status: 'Reviewed' | 'Skipped';
    result: string;
    /** The diff quoted with the findings below their lines; empty where there is nothing to say. */
    inline_review: string;
    /** JSON: `{"findings": [{"severity", "problem", "preexisting", "locations"}]}`. */
    output: string;
  }[];
}

const columns = 78;
const proseWidth = 72;

/** What was found before the patch is told too: b4 shows it apart, and counts it for nothing. */
function outputOf({ findings }: PatchReview): string {
  const told = findings
    .filter(({ status }) => status !== 'fixed')
    .map((finding) => ({
      severity: finding.status === 'unknown-origin' ? 'medium' : 'high',
      problem: escapeLine(`${finding.rule} in ${finding.location.function}(): ${finding.title}`),
      preexisting: finding.status === 'present',
      locations: [{ file: finding.location.file, ...lineOf(finding) }],
    }));
  return JSON.stringify({ findings: told });
}

function lineOf(finding: Finding): { line?: number } {
  const line = ownLine(finding);
  return line > 0 ? { line } : {};
}

function commentOn(finding: Finding, patch: PatchReview, diff: string): string[] {
  const trace = drawInterleaving(finding, { columns, full: false, colours: palette(false) });
  return [
    ...quoteHunk(diff, finding.location),
    '',
    ...wrap(escapeLine(`${finding.rule}: ${prose(finding.title, finding.message)}`), proseWidth),
    '',
    ...trace,
    '',
    ...wrap(verdictSentences(finding, patch), proseWidth),
    '',
    ...howToReplay([finding], patch, new Map(), proseWidth),
  ];
}

function inlineOf(patch: PatchReview, message: ReviewedMessage | undefined): string {
  const found = patch.findings.filter(({ status }) => status === 'introduced');
  return escapeLines(found.flatMap((finding) => commentOn(finding, patch, message?.diff ?? '')).join('\n'));
}

function resultOf(patch: PatchReview): { status: 'Reviewed' | 'Skipped'; result: string } {
  if (!touchesModel(patch)) return { status: 'Skipped', result: 'changes nothing that a scenario executes' };
  if (!wasJudged(patch)) return { status: 'Skipped', result: 'not analysed' };
  return { status: 'Reviewed', result: takenAway(patch) ?? '' };
}

/** A review that has ended. `id` names the series. */
export function patchsetOf(
  id: string,
  messageId: string,
  review: Review,
  messages: ReadonlyMap<string, ReviewedMessage>,
): Patchset {
  const patches = review.patches.flatMap((patch, at) =>
    patch.messageId === null ? [] : [{ id: at + 1, message_id: patch.messageId, patch }],
  );
  return {
    id,
    message_id: messageId,
    status: review.series.status === 'incomplete' ? 'Incomplete' : 'Reviewed',
    patches: patches.map(({ id: number, message_id }) => ({ id: number, message_id })),
    reviews: patches.map(({ id: number, message_id, patch }) => ({
      id: number,
      patch_id: number,
      ...resultOf(patch),
      inline_review: inlineOf(patch, messages.get(message_id)),
      output: outputOf(patch),
    })),
  };
}

/** A series of which there is no review, and why. */
export function patchsetWithout(id: string, messageId: string, status: PatchsetStatus): Patchset {
  return { id, message_id: messageId, status, patches: [], reviews: [] };
}
