import type { FindingRecord } from '../finding/record.js';
import { palette } from './colour.js';
import { escapeLine, escapeLines } from './escape.js';
import { drawInterleaving } from './interleaving.js';
import { prose, sentence } from './phrase.js';

export interface FeedAddress {
  /** How the world reaches this server, without a slash at its end. */
  base: string;
  /** Path and question that the feed was asked for by. */
  self: string;
}

const columns = 100;

/** Text that stays text, with nothing in it that XML does not allow. */
function text(raw: string): string {
  return escapeLines(raw).replace(/[&<>"]/g, (mark) => entities[mark]!);
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const line = (raw: string) => text(escapeLine(raw));

/** The same in every copy and for ever: a finding of a series, named by what it is. */
function idOf({ series, finding }: FindingRecord): string {
  return `urn:faultline:finding:${encodeURIComponent(series.id)}:${encodeURIComponent(finding.id)}`;
}

function story({ patch, finding }: FindingRecord): string {
  const { file, line: number, function: name } = finding.location;
  return [
    `In "${patch.subject}":`,
    '',
    prose(finding.title, finding.message),
    `Rule: ${finding.rule}, in ${name}() at ${file}:${number}.`,
    '',
    ...drawInterleaving(finding, { columns, full: false, colours: palette(false) }),
    '',
    ...(finding.advice === null ? [] : [sentence(`What usually helps: ${finding.advice}`), '']),
    `faultline replay ${finding.witness}`,
  ].join('\n');
}

function entry(record: FindingRecord, { base }: FeedAddress): string {
  const { series, finding } = record;
  const page = text(`${base}/series/${encodeURIComponent(series.id)}`);
  const where = `${finding.rule} in ${finding.location.function}(): ${finding.title}`;
  return `  <entry>
    <id>${text(idOf(record))}</id>
    <title>${line(where)}</title>
    <updated>${text(series.reviewedAt ?? series.arrivedAt)}</updated>
    <link rel="alternate" href="${page}"/>
    <category term="${line(finding.rule)}"/>
    <summary>${line(series.subject)}</summary>
    <content type="html">${text(`<pre>${text(story(record))}</pre>`)}</content>
  </entry>
`;
}

/** Findings as an Atom feed (RFC 4287), the newest first. */
export function atomFeed(records: readonly FindingRecord[], address: FeedAddress): string {
  const times = records.map(({ series }) => series.reviewedAt ?? series.arrivedAt).sort();
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>urn:faultline:findings:${text(encodeURIComponent(address.self))}</id>
  <title>Faultline: races that patches open</title>
  <author><name>Faultline</name></author>
  <updated>${text(times.at(-1) ?? '1970-01-01T00:00:00.000Z')}</updated>
  <link rel="self" href="${text(address.base + address.self)}"/>
${records.map((record) => entry(record, address)).join('')}</feed>
`;
}
