import type { Posting } from './group.js';
import type { Placed } from './place.js';
import { timeOf } from './same-work.js';

/** A posting's members by number; patches that an older version gave are marked. */
export interface Filled {
  members: Placed[];
  /** Numbers that an older posting gave, with its version; empty when nothing had to be filled. */
  taken: { number: number; version: number }[];
}

function numbersOf(posting: Posting): Set<number> {
  return new Set(posting.members.map(({ parts }) => parts.number ?? 1));
}

/** Whether every patch of a posting answers, directly or further up, the patch that it replaces. */
function replaces(posting: Posting, older: Posting): boolean {
  const old = new Map(
    older.members.flatMap((one) => one.message.ids.map((id) => [id, one.parts.number] as const)),
  );
  const patches = posting.members.filter(({ role }) => role === 'patch');
  return patches.every(({ parts, parents }) =>
    parents.some((id) => old.has(id) && old.get(id) === parts.number),
  );
}

/**
 * Completes a version of which only some patches were sent: the others are those of the version before. That is certain
 * only when each new patch answers the one that it replaces; a new thread with gaps has lost mails instead.
 */
export function fillReroll(posting: Posting, work: Posting[]): Filled {
  const filled: Filled = { members: [...posting.members], taken: [] };
  const older = work
    .filter((each) => each !== posting && each.total === posting.total && each.version <= posting.version)
    .filter((each) => timeOf(each) <= timeOf(posting))
    .sort((a, b) => b.version - a.version || timeOf(b) - timeOf(a));
  const has = numbersOf(posting);
  const isWhole = (): boolean =>
    posting.total !== undefined &&
    Array.from({ length: posting.total }, (_, at) => at + 1).every((number) => has.has(number));
  if (posting.total === undefined || posting.total > 1000 || isWhole()) return filled;
  if (!older[0] || !replaces(posting, older[0])) return filled;
  for (const one of older) {
    for (const member of one.members) {
      const { number } = member.parts;
      if (number === undefined || number === 0 || has.has(number)) continue;
      has.add(number);
      filled.members.push(member);
      filled.taken.push({ number, version: one.version });
    }
  }
  return isWhole() ? filled : { members: [...posting.members], taken: [] };
}
