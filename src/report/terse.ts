import type { Finding } from '../finding/finding.js';
import { ownLine } from '../finding/own-line.js';
import { passingOf, touchesModel, wasJudged } from '../finding/reach.js';
import type { PatchReview, Review } from '../finding/review.js';
import type { Report } from './context.js';
import { escapeLine } from './escape.js';
import { prose } from './phrase.js';

/** `fs/dax.c:294: ERROR: unlocked-entry-path in grab_mapping_entry(): ..`: checkpatch's words, which tools know. */
function lineOf(finding: Finding): string {
  const { file, function: name } = finding.location;
  const line = ownLine(finding);
  const where = line > 0 ? `${file}:${line}` : file;
  const word = finding.status === 'introduced' ? 'ERROR' : 'WARNING';
  const doubt = finding.status === 'introduced' ? '' : ' (origin unknown)';
  const what = `${finding.rule} in ${name}()${doubt}: ${prose(finding.title, finding.message)}`;
  return escapeLine(`${where}: ${word}: ${what} [${finding.witness}]`);
}

function linesOf(patch: PatchReview): string[] {
  const told = patch.findings.filter(({ status }) => status === 'introduced' || status === 'unknown-origin');
  const passing = told.length > 0 ? undefined : passingOf(patch);
  if (passing !== undefined) return [escapeLine(`WARNING: ${passing}`)];
  if (told.length > 0 || !touchesModel(patch) || wasJudged(patch)) return told.map(lineOf);
  const why = patch.notAnalysed[0];
  return [
    escapeLine(`WARNING: not analysed: ${why === undefined ? 'no reason known' : `${why.what}: ${why.why}`}`),
  ];
}

/** A line a finding that the patch brought, and nothing when there is none. */
export function terseReport(review: Review): Report {
  const lines = review.patches.flatMap(linesOf);
  return { output: lines.map((line) => `${line}\n`).join(''), note: null };
}
