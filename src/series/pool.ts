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

/** A mail without a diff that has the number of a patch which answers it is the cover, misnumbered. */
function withCovers(placed: Placed[]): Placed[] {
  const numbered = ({ parts }: Placed): string => `${parts.number}/${parts.total}`;
  const taken = new Set(placed.filter(({ diff }) => diff).map((one) => `${one.parents[0]} ${numbered(one)}`));
  return placed.map((one) => {
    const isPatch = one.role === 'patch' && !one.diff && one.parts.number !== undefined;
    if (!isPatch || !one.message.ids.some((id) => taken.has(`${id} ${numbered(one)}`))) return one;
    return { ...one, role: 'cover', parts: { ...one.parts, number: 0 } };
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
