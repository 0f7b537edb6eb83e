import type { Finding } from '../finding/finding.js';
import { passingOf, racesJudged, takenAway, touchesModel, wasJudged } from '../finding/reach.js';
import type { PatchReview, Review } from '../finding/review.js';
import { palette } from './colour.js';
import type { Report, ReportContext } from './context.js';
import { escapeLine } from './escape.js';
import { findingText } from './finding-text.js';
import { jsonDocument } from './json.js';
import { count } from './phrase.js';

/** One check as `b4 review` reads it from the command of `b4.review-perpatch-check-cmd`. */
export interface Check {
  tool: 'faultline';
  status: 'pass' | 'warn' | 'fail';
  summary: string;
  details?: string;
}

function checkOf(finding: Finding, patch: PatchReview, context: ReportContext): Check {
  const where = `${finding.rule} in ${finding.location.function}()`;
  return {
    tool: 'faultline',
    status: finding.status === 'introduced' ? 'fail' : 'warn',
    summary: escapeLine(`${where}: ${finding.title}`),
    details: findingText(finding, patch, context, palette(false)).join('\n'),
  };
}

function gapsOf(patch: PatchReview): { details?: string } {
  if (patch.notAnalysed.length === 0) return {};
  return { details: patch.notAnalysed.map(({ what, why }) => escapeLine(`${what}: ${why}`)).join('\n') };
}

function checksOf(patch: PatchReview, context: ReportContext): Check[] {
  if (!touchesModel(patch)) return [];
  const told = patch.findings.filter(({ status }) => status === 'introduced' || status === 'unknown-origin');
  if (told.length > 0) return told.map((finding) => checkOf(finding, patch, context));
  const doubt = passingOf(patch) ?? (wasJudged(patch) ? takenAway(patch) : undefined);
  if (doubt !== undefined)
    return [{ tool: 'faultline', status: 'warn', summary: escapeLine(doubt), ...gapsOf(patch) }];
  if (!wasJudged(patch))
    return [{ tool: 'faultline', status: 'warn', summary: 'not analysed', ...gapsOf(patch) }];
  const races = count(racesJudged([patch]), 'race');
  return [
    { tool: 'faultline', status: 'pass', summary: `nothing introduced, ${races} replayed`, ...gapsOf(patch) },
  ];
}

/** The checks of b4's JSON protocol; none where the patch touches nothing that Faultline models. */
export function b4Report(review: Review, context: ReportContext): Report {
  const plain = { ...context, colour: false };
  return { output: jsonDocument(review.patches.flatMap((patch) => checksOf(patch, plain))), note: null };
}
