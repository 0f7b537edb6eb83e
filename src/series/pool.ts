import type { Message } from '../mail/message.js';
import { groupPostings, type Posting } from './group.js';
import { type Placed, placeMessage } from './place.js';
import { sameWork } from './same-work.js';
import { uniteCopies } from './unite-copies.js';

/** Mails above one mail that are looked at. */
const mostAncestors = 200;

/** What is known of all messages before one posting is looked at. */
export interface Pool {
  placed: Placed[];
  works: Posting[][];
  lists: ReadonlyMap<Message, string[]>;
  notes: string[];
}

/** Reads every message's place, and sorts them into postings and pieces of work. */
export function poolOf(messages: Message[]): Pool {
  const { united, notes } = uniteCopies(messages);
  const placed = withAncestors(withCovers(united.map(({ message }) => placeMessage(message))));
  const works = sameWork(groupPostings(placed));
  return { placed, works, lists: new Map(united.map(({ message, lists }) => [message, lists])), notes };
}

/**
 * A mail without a diff that numbered patches answer is their cover, when it has no number of its own or one
 * of theirs.
 */
function withCovers(placed: Placed[]): Placed[] {
  const answers = new Map<string, Placed[]>();
  for (const one of placed) {
    if (one.role !== 'patch' || !one.diff || one.parts.number === undefined) continue;
    const id = one.parents[0] ?? '';
    answers.set(id, [...(answers.get(id) ?? []), one]);
  }
  return placed.map((one) => {
    if (one.role !== 'patch' || one.diff) return one;
    const patches = one.message.ids.flatMap((id) => answers.get(id) ?? []);
    const { number, total, version } = one.parts;
    const theirs = patches.filter(
      ({ parts }) => parts.version === version && (number ?? parts.number) === parts.number,
    );
    if (!theirs[0] || (number !== undefined && theirs[0].parts.total !== total)) return one;
    return { ...one, role: 'cover', parts: { ...one.parts, number: 0, total: theirs[0].parts.total } };
  });
}

/** Mailers cut long lists of references; the mails between tell the rest. */
function withAncestors(placed: Placed[]): Placed[] {
  const byId = new Map(placed.flatMap((one) => one.message.ids.map((id) => [id, one.parents] as const)));
  return placed.map((one) => {
    const parents = new Set(one.parents);
    // A set that grows while it is gone through is gone through to its end.
    for (const id of parents) {
      if (parents.size > mostAncestors) break;
      for (const above of byId.get(id) ?? []) if (!one.message.ids.includes(above)) parents.add(above);
    }
    return { ...one, parents: [...parents].slice(0, mostAncestors) };
  });
}
