import type { Finding } from '../finding/finding.js';

/** What a review on one era of the baseline found. */
export interface EraReview {
  era: string;
  findings: readonly Finding[];
}

/** What a reader would be told of the patch: lines and names of functions differ between eras. */
function toldBy({ findings }: EraReview): string[] {
  const told = findings.filter(({ status }) => status === 'introduced' || status === 'fixed');
  return [...new Set(told.map(({ status, rule }) => `${status} ${rule}`))].sort();
}

/**
 * Why nothing can be said of a patch that fits two eras of the baseline alike: it does something on one of
 * them and not on the other. Undefined where both say the same.
 */
export function whyEraMatters(one: EraReview, other: EraReview): string | undefined {
  const [a, b] = [toldBy(one), toldBy(other)];
  if (a.join() === b.join()) return undefined;
  const tell = (told: string[]) => (told.length === 0 ? 'nothing' : told.join(', '));
  return `the diff fits ${one.era} and ${other.era} alike: ${tell(a)} on the one, ${tell(b)} on the other`;
}
