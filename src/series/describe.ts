import type { Series as ToldSeries } from '../finding/review.js';
import type { Series } from './series.js';

/** Why nobody is answered about this series; null when its author may be. */
function whyNever(series: Series, repairs: readonly string[]): string | null {
  const told = [series.cover, ...series.patches].find((message) => message?.neverAnswer !== undefined);
  if (told) return told.neverAnswer!;
  return repairs.length > 0 ? 'the patch was damaged on its way and repaired here' : null;
}

function statusOf(series: Series, repairs: readonly string[], elsewhere: string | undefined): string {
  if (elsewhere !== undefined) return 'not-kernel';
  // A patch that is quoted in an answer had to be taken out of it.
  const made = repairs.length > 0 && (series.status === 'complete' || series.status === 'no-patch');
  return made ? 'repaired' : series.status;
}

/**
 * The series as results tell it; `repairs` is what had to be done to its patches, `elsewhere` why it is not
 * for the kernel.
 */
export function describeSeries(
  series: Series,
  repairs: readonly string[],
  elsewhere?: string | undefined,
): ToldSeries {
  return {
    subject: series.subject,
    version: series.version,
    messageId: series.messageId ?? null,
    from: series.from === '' ? null : series.from,
    status: statusOf(series, repairs, elsewhere),
    missing: series.missing,
    notes: elsewhere === undefined ? series.notes : [elsewhere, ...series.notes],
    tags: series.tags,
    lists: series.lists,
    supersededBy: series.supersededBy ?? null,
    neverAnswer: whyNever(series, repairs),
  };
}

/** Why there is nothing to review, as one line; undefined when there is. */
export function whyEmpty(series: Series): string | undefined {
  if (series.patches.length > 0) return undefined;
  if (series.status === 'pull-request')
    return 'a pull request names commits and holds no patch; review them with git format-patch --stdout';
  return `the input holds a cover letter without its patches${series.missing[0] ? `: ${series.missing[0]}` : ''}`;
}
