import type { Message } from '../mail/message.js';
import { fillReroll } from './fill-reroll.js';
import type { Posting } from './group.js';
import { otherProject } from './other-project.js';
import type { Placed } from './place.js';
import { type Pool, poolOf } from './pool.js';
import { leadOf, newestOf, timeOf } from './same-work.js';
import type { Series, Tag } from './series.js';

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.trim();
}

function tagsOf({ parts, message }: Placed): Tag[] {
  const words = new Set(parts.words.map((word) => word.toLowerCase()));
  const release = [...words].some((word) => /^(?:linux-)?v?\d\.\d{1,2}(?:\.\d{1,3}|\.y)?$/.test(word));
  const tags: [Tag, boolean][] = [
    ['rfc', words.has('rfc')],
    ['resend', words.has('resend')],
    ['stable', words.has('stable') || release || message.headers.has('x-stable')],
    ['autosel', words.has('autosel')],
  ];
  return tags.filter(([, said]) => said).map(([tag]) => tag);
}

/** The numbers that no mail has, neighbours together; a total that nobody would send is not counted to its end. */
function absent(members: Placed[], total: number | undefined): string[] {
  const last = Math.min(total ?? Math.max(0, ...members.map(({ parts }) => parts.number ?? 0)), 1000);
  const numbers = new Set(members.map(({ parts }) => parts.number ?? 1));
  const of = total ?? last;
  const gaps: string[] = [];
  for (let from = 1; from <= last; from++) {
    if (numbers.has(from)) continue;
    let to = from;
    while (to < last && !numbers.has(to + 1)) to++;
    const what = to === from ? `patch ${from} of ${of} is` : `patches ${from} to ${to} of ${of} are`;
    gaps.push(`${what} not in the input`);
    from = to;
  }
  return gaps;
}

/** What of the same work was left aside, and whether it is newer. */
function othersOf(posting: Posting, work: Posting[]): { notes: string[]; supersededBy: number | undefined } {
  const newest = newestOf(work);
  const older = work.filter((each) => each.version < posting.version).flatMap(({ members }) => members);
  const again = work.filter((each) => each !== posting && each.version === posting.version);
  const notes = older.length > 0 ? [`${counted(older.length, 'mail')} of older versions left aside`] : [];
  if (again.length > 0)
    notes.push(`${counted(again.length, 'other posting')} of the same version left aside`);
  const newer = Math.floor(newest.version) > Math.floor(posting.version);
  return { notes, supersededBy: newer ? Math.floor(newest.version) : undefined };
}

/** Where the cover and the patches say different things. */
function coverNotes(cover: Placed | undefined, { total, version }: Posting): string[] {
  if (!cover || cover.parts.total === undefined || total === undefined) return [];
  const notes: string[] = [];
  if (cover.parts.total !== total)
    notes.push(`the cover counts ${counted(cover.parts.total, 'patch', 'patches')}, the patches ${total}`);
  if (cover.parts.versioned && cover.parts.version !== Math.floor(version))
    notes.push(`the cover says v${cover.parts.version}, the patches v${Math.floor(version)}`);
  return notes;
}

function describePosting(posting: Posting, work: Posting[], pool: Pool): Series {
  const { members, taken } = fillReroll(posting, work);
  const ordered = members.sort((a, b) => (a.parts.number ?? 0) - (b.parts.number ?? 0));
  const cover = ordered.find(({ role }) => role === 'cover');
  const patches = ordered.filter(({ role }) => role === 'patch');
  const missing = absent(patches, posting.total);
  const lead = leadOf(posting);
  const lists = [...new Set(members.flatMap(({ message }) => pool.lists.get(message) ?? []))];
  const { notes, supersededBy } = othersOf(posting, work);
  const ids = new Set(members.flatMap(({ message }) => message.ids));
  const fixups = pool.placed.filter(
    ({ role, parents }) => role === 'fixup' && parents.some((id) => ids.has(id)),
  );
  notes.push(
    ...coverNotes(cover, posting),
    ...taken.map(
      ({ number, version }) => `patch ${number} was not sent again; it is that of v${Math.floor(version)}`,
    ),
  );
  if (fixups.length > 0) notes.push(`${counted(fixups.length, 'answer')} with a diff left aside`);
  const whole = taken.length > 0 ? 'partial-reroll' : 'complete';
  return {
    subject: lead.parts.title || firstLine(lead.message.subject),
    version: Math.floor(posting.version),
    messageId: lead.message.id,
    from: lead.message.author,
    status: patches.length === 0 ? 'cover-only' : missing.length > 0 ? 'incomplete' : whole,
    cover: cover?.message,
    patches: patches.map(({ message }) => message),
    missing,
    notes,
    tags: tagsOf(lead),
    words: lead.parts.words.map((word) => word.toLowerCase()),
    lists,
    project: otherProject(lead, lists),
    supersededBy,
    fixups: fixups.map(({ message }) => message),
  };
}

/** A single mail that is no patch of its own: a pull request, a diff in an answer, or talk. */
function describeAlone(placed: Placed, pool: Pool): Series {
  const { role, parts, message } = placed;
  return {
    subject: parts.title || firstLine(message.subject),
    version: parts.version,
    messageId: message.id,
    from: message.author,
    status: role === 'pull' ? 'pull-request' : role === 'fixup' ? 'fixup' : 'no-patch',
    cover: undefined,
    patches: role === 'pull' ? [] : [message],
    missing: [],
    notes: [],
    tags: tagsOf(placed),
    words: parts.words.map((word) => word.toLowerCase()),
    lists: pool.lists.get(message) ?? [],
    project: otherProject(placed, pool.lists.get(message) ?? []),
    supersededBy: undefined,
    fixups: [],
  };
}

/** Every posting among the messages, oldest first; answers and talk are in none. */
export function gatherAll(messages: Message[]): Series[] {
  const pool = poolOf(messages);
  const all = pool.works.flatMap((work) => work.map((posting) => ({ posting, work })));
  all.sort((a, b) => timeOf(a.posting) - timeOf(b.posting));
  return all.map(({ posting, work }) => describePosting(posting, work, pool));
}

/** The work that is meant: that of the wanted mail or of the nearest mail above it, else the first with a diff. */
function wantedWork(
  pool: Pool,
  wanted: Placed | undefined,
): { work: Posting[]; posting: Posting | undefined } | undefined {
  const near = wanted && [...wanted.message.ids, ...wanted.parents];
  for (const id of near ?? [])
    for (const work of pool.works) {
      const posting = work.find(({ members }) => members.some(({ message }) => message.ids.includes(id)));
      if (posting) return { work, posting };
    }
  const holds = (work: Posting[]): boolean => work.some(({ members }) => members.some(({ diff }) => diff));
  const work = pool.works.find(holds) ?? pool.works[0];
  return work && { work, posting: undefined };
}

/**
 * The series that some messages hold: the newest version of the first piece of work among them, or the posting
 * that the mail with the Message-ID `wanted` belongs to. Answers and other series are left aside, and said to be. Never throws.
 */
export function gatherSeries(messages: Message[], wanted?: string): Series {
  const pool = poolOf(messages);
  const asked = pool.placed.find(({ message }) => wanted !== undefined && message.ids.includes(wanted));
  const found = wantedWork(pool, asked);
  // A single mail is what the user asked about, whatever its subject looks like.
  if (!found || (asked?.role === 'fixup' && asked)) {
    const order = ['fixup', 'pull', 'talk'];
    const first = [...pool.placed].sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role))[0]!;
    return describeAlone(asked ?? first, pool);
  }
  const series = describePosting(found.posting ?? newestOf(found.work), found.work, pool);
  const others = pool.works.length - 1;
  const notes = [...series.notes, ...pool.notes];
  if (others > 0) notes.push(`${counted(others, 'other series', 'other series')} in the input left aside`);
  if (series.supersededBy !== undefined) notes.push(`v${series.supersededBy} is newer`);
  return { ...series, notes };
}
