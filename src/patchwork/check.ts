import type { Finding } from '../finding/finding.js';
import type { Outcome } from '../finding/outcome.js';
import { gapsOf, isOutOfReach, passingOf, takenAway, touchesModel, wasJudged } from '../finding/reach.js';
import type { PatchReview } from '../finding/review.js';
import { clearness } from '../finding/stand.js';

/** The words that Patchwork has. */
export type CheckState = 'pending' | 'success' | 'warning' | 'fail';

export interface Check {
  state: CheckState;
  /** One line. */
  description: string;
}

const mostCharacters = 200;

export const pending: Check = { state: 'pending', description: 'waits for its review' };
export const superseded: Check = {
  state: 'warning',
  description: 'not reviewed: a newer version came before',
};

function check(state: CheckState, description: string): Check {
  const line = description
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, mostCharacters);
  return { state, description: line };
}

const nameOf = ({ rule, location }: Finding) => `${rule} in ${location.function}()`;

function named(findings: Finding[]): string {
  const more = findings.length - 1;
  return `${nameOf(findings[0]!)}${more > 0 ? ` and ${more} more` : ''}`;
}

function ofPatch(patch: PatchReview, isDisputed: (finding: Finding) => boolean): Check {
  const introduced = patch.findings.filter(({ status }) => status === 'introduced');
  const open = introduced.filter((finding) => !isDisputed(finding));
  if (open.length > 0) return check('fail', `introduces ${named(open)}`);
  if (introduced.length > 0) return check('warning', `introduces ${named(introduced)}; disputed`);
  const unknown = patch.findings.filter(({ status }) => status === 'unknown-origin');
  if (unknown.length > 0) return check('warning', `of unknown origin: ${named(unknown)}`);
  const passing = passingOf(patch);
  if (passing !== undefined) return check('warning', passing);
  if (!touchesModel(patch) && !isOutOfReach(patch))
    return check('success', 'changes nothing that a scenario executes');
  if (!wasJudged(patch)) {
    const [gap] = patch.notAnalysed;
    return check('warning', `not analysed${gap === undefined ? '' : `: ${gap.what}: ${gap.why}`}`);
  }
  const taken = takenAway(patch);
  if (taken !== undefined) return check('warning', taken);
  return check(gapsOf(patch) === 0 ? 'success' : 'warning', `nothing introduced: ${clearness([patch])}`);
}

/**
 * What is said beside each patch of a series, by Message-ID. What was not analysed is a warning, and never a
 * success; a patch that the review does not name is one that was not analysed.
 */
export function checksOf(
  result: Outcome,
  patches: readonly string[],
  isDisputed: (finding: Finding) => boolean,
): Map<string, Check> {
  const whole =
    result.outcome === 'refused'
      ? check('warning', `cannot be reviewed: ${result.why}`)
      : result.outcome === 'not-analysed'
        ? check('warning', `not analysed (${result.limit}): ${result.why}`)
        : check('warning', 'not analysed');
  const told = new Map(patches.map((id) => [id, whole]));
  if (result.outcome !== 'reviewed') return told;
  for (const patch of result.report.patches)
    if (patch.messageId !== null && told.has(patch.messageId))
      told.set(patch.messageId, ofPatch(patch, isDisputed));
  return told;
}
