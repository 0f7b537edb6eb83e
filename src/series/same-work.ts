import type { Posting } from './group.js';
import type { Placed } from './place.js';

/** The cover, or else the patch with the lowest number. */
export function leadOf(posting: Posting): Placed {
  return [...posting.members].sort((a, b) => (a.parts.number ?? 1) - (b.parts.number ?? 1))[0]!;
}

/** A title without what changes between versions. */
function plain(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What two versions of one work share: the sender, and the title of the whole or of a patch at its place. */
function keysOf(posting: Posting): string[] {
  const lead = leadOf(posting);
  const whole = `${lead.sender} ${plain(lead.parts.title)}`;
  const parts = posting.members
    .filter(({ parts: { number, title } }) => number !== undefined && plain(title) !== '')
    .map(({ sender, parts: { number, title } }) => `${sender} ${number}/${posting.total} ${plain(title)}`);
  return plain(lead.parts.title) === '' ? parts : [whole, ...parts];
}

export function timeOf(posting: Posting): number {
  return Math.min(...posting.members.map(({ time }) => time));
}

/** For each posting those whose mails some mail of it answers, however far up the thread, and the other way. */
function neighbours(postings: Posting[]): Map<Posting, Set<Posting>> {
  const owner = new Map(
    postings.flatMap((one) =>
      one.members.flatMap(({ message }) => message.ids.map((id) => [id, one] as const)),
    ),
  );
  const near = new Map(postings.map((one) => [one, new Set<Posting>()]));
  for (const one of postings) {
    for (const other of one.members.flatMap(({ parents }) => parents.map((id) => owner.get(id)))) {
      if (!other || other === one) continue;
      near.get(one)!.add(other);
      near.get(other)!.add(one);
    }
  }
  return near;
}

/** The same patch was sent again without another version. */
function isResent(one: Posting, other: Posting): boolean {
  if (one.total !== other.total) return false;
  const numbers = new Map(one.members.map((each) => [each.parts.number, each.parts.title.toLowerCase()]));
  return other.members.some((each) => numbers.get(each.parts.number) === each.parts.title.toLowerCase());
}

function isSingle(posting: Posting): boolean {
  return posting.members.every(({ parts }) => parts.number === undefined);
}

/** Whether two postings of one thread are the same author's, and one is another version of the other. */
function isVersion(one: Posting, other: Posting): boolean {
  if (leadOf(one).sender !== leadOf(other).sender) return false;
  // A single patch beneath a series is something sent along, not a version of it.
  if (isSingle(one) !== isSingle(other)) return false;
  return one.version !== other.version || isResent(one, other);
}

/**
 * The postings of each piece of work: its versions, and what was sent again. Titles join them, because a new
 * version should be a thread of its own; the thread joins those that were renamed.
 */
export function sameWork(postings: Posting[]): Posting[][] {
  const near = neighbours(postings);
  const works = new Map<Posting, Posting[]>();
  const titled = new Map<string, Posting[]>();
  for (const posting of postings) {
    const keys = keysOf(posting);
    const threaded = [...near.get(posting)!].find((each) => works.has(each) && isVersion(posting, each));
    const alike = keys.map((key) => titled.get(key)).find((work) => work !== undefined);
    const work = alike ?? (threaded && works.get(threaded)) ?? [];
    work.push(posting);
    works.set(posting, work);
    for (const key of keys) titled.set(key, work);
  }
  return [...new Set(works.values())];
}

/** The last posting of the highest version. */
export function newestOf(work: Posting[]): Posting {
  return [...work].sort((a, b) => a.version - b.version || timeOf(a) - timeOf(b)).at(-1)!;
}
