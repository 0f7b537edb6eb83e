import type { Message } from '../mail/message.js';
import { readSubject, type SubjectParts } from './read-subject.js';
import type { Series } from './series.js';

interface Placed {
  message: Message;
  parts: SubjectParts;
}

/** A diff without a mail, and a mail with a diff but no bracket, are patches too. */
function looksLikePatch({ message, parts }: Placed): boolean {
  if (message.headers.size === 0) return true;
  if (parts.reply) return false;
  return parts.patch || parts.number !== undefined || /^(diff --git |--- .+\n\+\+\+ )/m.test(message.body);
}

/** The mails of the highest version, in the order of their numbers; mails without one keep their place. */
function newest(placed: Placed[]): { version: number; members: Placed[] } {
  const version = Math.max(...placed.map(({ parts }) => parts.version));
  const members = placed.filter(({ parts }) => parts.version === version);
  return { version, members: members.sort((a, b) => (a.parts.number ?? 0) - (b.parts.number ?? 0)) };
}

/** The same number twice: the later posting counts. */
function withoutDoubles(members: Placed[], missing: string[]): Placed[] {
  return members.filter((member, index) => {
    const { number } = member.parts;
    const doubled = number !== undefined && members[index + 1]?.parts.number === number;
    if (doubled) missing.push(`patch ${number} was posted more than once; the last one counts`);
    return !doubled;
  });
}

function absent(members: Placed[]): string[] {
  const total = Math.min(Math.max(0, ...members.map(({ parts }) => parts.total ?? 0)), 1000);
  const numbers = new Set(members.map(({ parts }) => parts.number));
  return Array.from({ length: total }, (_, index) => index + 1)
    .filter((number) => !numbers.has(number))
    .map((number) => `patch ${number} of ${total} is not in the input`);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.trim();
}

/**
 * Orders the messages of one posting. Of several versions the newest is taken; answers are left aside. Never
 * throws; what is missing or was left aside is said in `missing`.
 */
export function gatherSeries(messages: Message[]): Series {
  const placed = messages.map((message) => ({ message, parts: readSubject(message.subject) }));
  const candidates = placed.filter(looksLikePatch);
  const missing: string[] = [];
  // A single mail is what the user asked about, whatever its subject looks like.
  const { version, members } = newest(candidates.length > 0 ? candidates : placed.slice(0, 1));
  const older = candidates.length - members.length;
  if (older > 0) missing.push(`${older === 1 ? '1 mail' : `${older} mails`} of older versions left aside`);
  const kept = withoutDoubles(members, missing);
  const cover = kept.find(({ parts }) => parts.number === 0 && parts.total !== undefined);
  const patches = kept.filter((member) => member !== cover);
  const gaps = absent(patches);
  const first = cover ?? patches[0];
  return {
    subject: first?.parts.title || firstLine(first?.message.subject ?? ''),
    version,
    messageId: first?.message.id,
    from: first?.message.from ?? '',
    status: gaps.length > 0 ? 'incomplete' : 'complete',
    cover: cover?.message,
    patches: patches.map(({ message }) => message),
    missing: [...missing, ...gaps],
  };
}
