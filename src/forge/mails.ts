import { createHash } from 'node:crypto';
import { splitMbox } from '../mail/split-mbox.js';

/** More commits than people review at a time. */
export const mostCommits = 100;

/**
 * The commits of a proposal as mails with Message-IDs, in one thread; a reason where they are not all there: a
 * merge has no patch, and a commit message can hold lines that look like another mail.
 */
export function mailsOf(mbox: Buffer, commits: number, domain: string): Buffer[] | { why: string } {
  if (commits > mostCommits) return { why: `it has ${commits} commits; at most ${mostCommits} are reviewed` };
  const { mails, more } = splitMbox(mbox, mostCommits + 1);
  if (mails.length === 0) return { why: 'it changes nothing' };
  if (more || mails.length !== commits)
    return { why: `it has ${commits} commits and ${mails.length} patches: merges cannot be reviewed` };
  const ids = mails.map((mail, at) => `${nameOf(mail, at)}@${domain}`);
  return mails.map((mail, at) => withHeaders(mail, ids[at]!, at === 0 ? undefined : ids[0]));
}

function nameOf(mail: Buffer, at: number): string {
  return `${createHash('sha256').update(`${at}\0`).update(mail).digest('hex').slice(0, 24)}.commit`;
}

/** The names stand first: what a commit says of itself in a header comes behind them. */
function withHeaders(mail: Buffer, id: string, first: string | undefined): Buffer {
  const thread = first === undefined ? '' : `In-Reply-To: <${first}>\nReferences: <${first}>\n`;
  return Buffer.concat([Buffer.from(`Message-ID: <${id}>\n${thread}`), mail]);
}
