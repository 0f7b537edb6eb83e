import type { Config } from '../config/config.js';
import type {
  FindingRecord,
  PublicRecord,
  RecordPage,
  RecordQuery,
  SeriesRecord,
} from '../finding/record.js';
import { isOpen } from '../policy/is-open.js';
import type { Ledger } from '../store/ledger.js';
import type { RecordRow } from '../store/records.js';

/** Rows that are looked at for one page: who asks for what there is little of is told where to go on. */
const mostRows = 500;

/** What everybody may read of what a daemon knows, as its policy has it. */
export function openPublicRecord(
  { records, reviews }: Pick<Ledger, 'records' | 'reviews'>,
  config: () => Config,
  now: () => number,
): PublicRecord {
  const isShown = (row: RecordRow) => isOpen(row, config(), now());
  const fits = (row: RecordRow, { list }: RecordQuery) =>
    isShown(row) && (list === undefined || row.lists.includes(list.toLowerCase()));

  function page<Item>(query: RecordQuery, of: (row: RecordRow) => Item[]): RecordPage<Item> {
    const from = placeOf(query.before);
    const rows = records.below(from, query.stand, mostRows);
    const items: Item[] = [];
    for (const row of rows) {
      if (fits(row, query)) items.push(...of(row));
      if (items.length >= query.most) return { items, next: `${row.place}` };
    }
    return { items, next: rows.length < mostRows ? null : `${rows.at(-1)!.place}` };
  }

  const shown = (row: RecordRow) => seriesOf(row, config());
  const open = (id: string) => {
    const row = records.one(id);
    return row !== undefined && isShown(row) ? row : undefined;
  };
  const findingsOf = (row: RecordRow, rule: string | undefined): FindingRecord[] => {
    const result = reviews.get(row.id)?.result;
    const patches = result?.outcome === 'reviewed' ? result.report.patches : [];
    return patches.flatMap(({ subject, messageId, findings }) =>
      findings
        .filter((each) => each.status === 'introduced' && (rule === undefined || each.rule === rule))
        .map((finding) => ({ series: shown(row), patch: { subject, messageId }, finding })),
    );
  };
  return {
    series: (query) => page(query, (row) => [shown(row)]),
    findings: (query) => page({ ...query, stand: 'introduced' }, (row) => findingsOf(row, query.rule)),
    one: (id) => {
      const row = open(id);
      return row === undefined ? undefined : shown(row);
    },
    result: (id) => (open(id) === undefined ? undefined : reviews.get(id)?.result),
  };
}

function placeOf(before: string | undefined): number {
  return before !== undefined && /^\d{1,15}$/.test(before) ? Number(before) : Number.MAX_SAFE_INTEGER;
}

function seriesOf(row: RecordRow, { github }: Config): SeriesRecord {
  const { id, messageId, version, subject, sender, lists, arrivedMs, finishedMs, stand, reason } = row;
  const page = row.name?.startsWith('pull/') && github !== undefined;
  return {
    ...{ id, messageId, version, subject, from: sender, lists },
    pullRequest: page ? `${github.web}/${row.repo}/${row.name}` : null,
    arrivedAt: new Date(arrivedMs).toISOString(),
    reviewedAt: finishedMs === null ? null : new Date(finishedMs).toISOString(),
    ...{ stand, reason },
  };
}
