import type { Finding } from '../finding/finding.js';
import type { PatchReview } from '../finding/review.js';
import type { ReportContext } from './context.js';
import { statusOrder } from './finding-text.js';
import { count } from './phrase.js';

/**
 * A path rule that the code broke before the patch as well, in a file of which nothing that the patch touches is
 * modelled. In code that is in use this is more often a mistake of the rule than of the kernel
 * (docs/archive-review.md): a line is enough.
 */
function isAside({ status, evidence, location }: Finding, { touched }: PatchReview): boolean {
  if (status !== 'present' || evidence !== 'path') return false;
  return !touched.some(({ file, modelled }) => file === location.file && modelled);
}

/** What is told in full, in the order in which it has to be read. */
export function toldOf(patch: PatchReview, { explain }: Pick<ReportContext, 'explain'>): Finding[] {
  const told = patch.findings.filter((finding) => explain || !isAside(finding, patch));
  return statusOrder.flatMap((status) => told.filter((finding) => finding.status === status));
}

/** The rest in one sentence; empty where there is none. */
export function asideOf(patch: PatchReview, { explain }: Pick<ReportContext, 'explain'>): string {
  const rest = explain ? [] : patch.findings.filter((finding) => isAside(finding, patch));
  if (rest.length === 0) return '';
  const places = [...new Set(rest.map(({ rule, location }) => `${rule} in ${location.function}()`))];
  const shown = places.slice(0, 3).join(', ');
  const more = places.length > 3 ? ` and ${places.length - 3} more` : '';
  const paths = `${count(rest.length, 'path')} of code that is not modelled ${rest.length === 1 ? 'breaks' : 'break'} a rule`;
  return `In doubt: ${paths}, before the patch as after it: ${shown}${more} (--explain).`;
}
