import type { Finding } from './finding.js';

/**
 * The line in the reader's own file, 0 where it is not known. What was executed on the baseline has the lines of
 * that; the hunk at which it is told says where the reader has it.
 */
export function ownLine({ onBaseline, location, hunks = [] }: Finding): number {
  if (!onBaseline) return location.line;
  const hunk = location.hunkLine === null ? undefined : hunks[0];
  if (hunk === undefined || hunk.file !== location.file || hunk.leftOut.before > 0) return 0;
  const [, before, after] = /^@@ -(\d{1,9})(?:,\d+)? \+(\d{1,9})/.exec(hunk.header) ?? [];
  const [start, other] = location.side === 'before' ? [before, '+'] : [after, '-'];
  if (start === undefined) return 0;
  return Number(start) + hunk.lines.slice(0, hunk.target).filter((line) => !line.startsWith(other!)).length;
}
