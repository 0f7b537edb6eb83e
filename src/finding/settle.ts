import type { Finding } from './finding.js';
import type { PatchReview } from './review.js';

/**
 * What an earlier patch opens and a later one closes is no finding of the series, and the first that opens it is
 * blamed. That it is open in between is told of the patch all the same: who bisects may stop there.
 */
export function settle(reviews: PatchReview[]): PatchReview[] {
  const has = (some: PatchReview[], status: Finding['status'], id: string) =>
    some.some(({ findings }) => findings.some((finding) => finding.id === id && finding.status === status));
  return reviews.map((one, at) => {
    const isPassing = ({ id, status }: Finding) =>
      status === 'introduced' && has(reviews.slice(at + 1), 'fixed', id);
    const isOld = ({ id, status }: Finding) =>
      status !== 'introduced' && has(reviews.slice(0, at), 'introduced', id);
    const passing = one.findings.filter(isPassing);
    const findings = one.findings.filter((finding) => !isPassing(finding) && !isOld(finding));
    return passing.length === 0 ? { ...one, findings } : { ...one, findings, passing: passing.map(placeOf) };
  });
}

function placeOf({ rule, location }: Finding): string {
  return `${rule} in ${location.function}()`;
}
