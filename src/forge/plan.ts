import { createHash } from 'node:crypto';
import { readFacts } from '../intake/read-facts.js';
import { pack } from '../store/pack.js';
import type { ProposalName } from '../store/proposals.js';
import { digestOf, type Entry } from '../store/store.js';
import { type Desk, settingsOf } from './desk.js';
import { mailsOf } from './mails.js';

/** What stands on a forge to be reviewed. */
export interface Posed {
  head: string;
  title: string;
  author: string;
  commits: number;
  /** As `git format-patch` writes it; a reason where the forge hands none out. */
  patch: Buffer | { why: string };
  /** Which head of this proposal it is. */
  version: number;
}

/** What is kept of a commit beside its bytes. It is in no list's thread: nothing but its own review looks at it. */
async function entryOf(raw: Buffer, place: string, cursor: Entry['arrival']['cursor']): Promise<Entry> {
  const facts = await readFacts(raw);
  const kept = { ...facts, kind: 'patch' as const, series: null, lists: [], parent: null };
  return {
    arrival: { kind: 'mail', place, raw, cursor },
    digest: digestOf(raw),
    fresh: { facts: kept, size: raw.length, ...pack(raw) },
  };
}

/**
 * Makes a series of what stands on a forge: from here on it is reviewed as mail is, on the same queue. Answers the id
 * of the review. Done twice, or cut off and done again, it is the same one.
 */
export async function plan(at: ProposalName, posed: Posed, desk: Desk): Promise<string> {
  const { store, reviews, proposals } = desk.ledger;
  const { head, title, author, version } = posed;
  const id = idOf(at, head, version);
  const domain = `${at.repo.replace('/', '.')}.invalid`;
  const read = Buffer.isBuffer(posed.patch) ? mailsOf(posed.patch, posed.commits, domain) : posed.patch;
  const mails = Array.isArray(read) ? read : [];
  const source = `github:${at.repo}`;
  const cursor = store.cursorOf(source) ?? null;
  const entries = await Promise.all(mails.map((raw, n) => entryOf(raw, `${head}/${n}`, cursor)));
  const list = settingsOf(desk.github, at.repo)?.list;
  proposals.pose(id, at, head);
  store.commit(source, entries, cursor);
  const series = {
    ...{ id, version, subject: title, sender: author, words: [], arrivedMs: desk.now() },
    messageId: entries[0]?.fresh?.facts.ids[0] ?? `${head}@${domain}`,
    lists: list === undefined ? [] : [list],
  };
  reviews.plan(
    series,
    entries.map(({ digest }) => digest!),
    [],
  );
  if (!Array.isArray(read)) reviews.finish(id, { outcome: 'refused', why: read.why }, desk.now());
  desk.tell('planned', { review: id, proposal: `${at.repo} ${at.name}`, patches: mails.length });
  return id;
}

function idOf({ repo, name }: ProposalName, head: string, version: number): string {
  const hash = createHash('sha256').update([repo, name, head, version].join('\0'));
  return `pull-${hash.digest('hex').slice(0, 32)}`;
}
