import type { Tally } from '../finding/intake.js';
import type { Database } from './database.js';

const held = `message.id IN (SELECT message FROM copy WHERE id IN (SELECT copy FROM place WHERE copy IS NOT NULL))`;

const counts = `
SELECT count(*) AS "unique", count(DISTINCT series) AS series,
  coalesce(sum(kind = 'patch'), 0) AS patches,
  coalesce(sum(touched IS NOT NULL), 0) AS touched, coalesce(sum(malformed IS NOT NULL), 0) AS malformed,
  coalesce(sum(notKernel IS NOT NULL), 0) AS notKernel,
  coalesce(sum(parent IS NOT NULL AND NOT EXISTS (SELECT 1 FROM name WHERE name.messageId = message.parent)), 0) AS orphans
FROM message WHERE ${held}`;

const places = `
SELECT coalesce(sum(copy IS NOT NULL), 0) AS messages, coalesce(sum(why = 'withdrawn'), 0) AS withdrawn,
  coalesce(sum(copy IS NULL AND why NOT IN ('withdrawn', 'withdrawal')), 0) AS unread
FROM place`;

/** How many patches change which file. */
function touchedFiles(database: Database): Record<string, number> {
  const rows = database.rows<{ touched: string }>(
    `SELECT touched FROM message WHERE touched IS NOT NULL AND ${held}`,
  );
  const files = rows.flatMap((row) => row.touched.split('\n'));
  return Object.fromEntries([...new Set(files)].sort().map((file) => [file, count(files, file)]));
}

function count(files: string[], wanted: string): number {
  return files.filter((file) => file === wanted).length;
}

/** Counts everything afresh: after a crash the figures are those of a run without one. */
export function tally(database: Database): Tally {
  const { messages, withdrawn, unread } = database.row<Tally>(places)!;
  const { unique, series, patches, touched, malformed, notKernel, orphans } = database.row<Tally>(counts)!;
  return {
    messages,
    unique,
    series,
    patches,
    touched,
    touchedFiles: touchedFiles(database),
    malformed,
    notKernel,
    withdrawn,
    unread,
    orphans,
  };
}
