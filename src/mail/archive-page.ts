import { readDate } from './read-date.js';

/** A mail as a web archive shows it and somebody saved it: the subject on top, then `From:` and `Date:`. */
export interface ArchivePage {
  subject: string;
  from: string;
  dateText: string | undefined;
  body: string;
}

/** Lines of navigation between the subject and the mail. */
const navigation = /^\s*(?:(?:\[[^\]]{1,40}\]\s*)+)?$/;

/** `Mon Apr 10 2017 - 16:34:36 EST` in the order in which mails write it. */
function mailDate(text: string): string {
  const match = /^[A-Z][a-z]{2},? ([A-Z][a-z]{2}) +(\d{1,2}) (\d{4}) - (\d\d:\d\d:\d\d) ?(\S*)/.exec(text);
  return match ? `${match[2]} ${match[1]} ${match[3]} ${match[4]} ${match[5]}` : text;
}

/**
 * Reads a saved page of a web archive; undefined when the text is none. Such a page has no Message-ID and no
 * address that can be trusted.
 */
export function readArchivePage(text: string): ArchivePage | undefined {
  const lines = text.slice(0, 4096).split('\n');
  const subject = lines[0]!.trim();
  if (subject === '' || subject.length > 300 || /^(?:diff |--- |Index: |commit |From )/.test(subject))
    return undefined;
  let at = 1;
  while (at < lines.length && navigation.test(lines[at]!)) at++;
  const skipped = lines.slice(1, at).some((line) => line.includes('['));
  const from = /^From: (\S.{0,200})$/.exec(lines[at] ?? '');
  const date = from && /^Date: (\S.{0,80})$/.exec(lines[at + 1] ?? '');
  // A subject alone proves nothing; a line of links to other mails, or both header lines, do.
  if (lines[1]?.trim() !== '' || !(date || skipped)) return undefined;
  const start = date ? at + 2 : at;
  return {
    subject,
    from: from && date ? from[1]! : '',
    dateText: date ? mailDate(date[1]!) : undefined,
    body: text.split('\n').slice(start).join('\n').replace(/^\n+/, ''),
  };
}

/** The date of a page as ISO 8601; undefined when it cannot be read. */
export function pageDate(page: ArchivePage): string | undefined {
  return readDate(page.dateText);
}

const masked = /@x{3,}(?:\.x+)*\b|@\.{3}(?=[>\s]|$)|\b\w+ \(\) \w+ ! \w+/;

/** Whether an archive has hidden an address: nobody can be answered there. */
export function isMasked(text: string): boolean {
  return masked.test(text.slice(0, 64 * 1024));
}
