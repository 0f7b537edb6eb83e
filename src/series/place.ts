import { header, type Message } from '../mail/message.js';
import { readSubject, type SubjectParts } from './read-subject.js';

/** What a mail is to a series. `fixup` is an answer that holds a diff of its own, not a quoted one. */
export type Role = 'patch' | 'cover' | 'fixup' | 'pull' | 'talk';

/** A mail with what its subject and its text tell of its place. */
export interface Placed {
  message: Message;
  parts: SubjectParts;
  role: Role;
  /** Its text holds a diff. */
  diff: boolean;
  /** Message-IDs of the mails before it in the thread, nearest first. */
  parents: string[];
  /** Milliseconds since 1970; 0 when the mail has no date. */
  time: number;
  /** The sender's address, lower case; the name where there is none. */
  sender: string;
}

const diffStart = /^(?:diff --git |diff -|Index: .*\n={5,}|--- .+\n\+\+\+ .+\n@@ )/m;
const pullText = /^(?:are available in the git repository at|The following changes since commit)/im;

function holdsDiff(message: Message): boolean {
  return [message.body, ...message.attachments.map(({ text }) => text)].some((text) => diffStart.test(text));
}

function roleOf(message: Message, parts: SubjectParts, diff: boolean): Role {
  // A diff without a mail is a patch whatever it looks like.
  if (message.headers.size === 0) return 'patch';
  if (!diff && (parts.pull || pullText.test(message.body)) && !parts.reply) return 'pull';
  if (parts.reply) return diff ? 'fixup' : 'talk';
  if (parts.number === 0) return 'cover';
  return diff || parts.patch || parts.number !== undefined ? 'patch' : 'talk';
}

/** Nearest first: what In-Reply-To names, then the references from their end. */
function parentsOf(message: Message): string[] {
  const ids = [...message.inReplyTo.slice(0, 1), ...[...message.references].reverse(), ...message.inReplyTo];
  return [...new Set(ids)].filter((id) => !message.ids.includes(id)).slice(0, 200);
}

function senderOf(message: Message): string {
  // Looking for an address in a long line of anything else takes quadratic time.
  const from = (header(message, 'from') ?? message.from).slice(0, 1000);
  return (/<([^<>]+)>\s*$/.exec(from)?.[1] ?? /\S+@\S+/.exec(from)?.[0] ?? from).toLowerCase();
}

/** Reads what a mail says about its own place; nothing is compared with other mails here. */
export function placeMessage(message: Message): Placed {
  const parts = readSubject(message.subject);
  const diff = holdsDiff(message);
  return {
    message,
    parts,
    role: roleOf(message, parts, diff),
    diff,
    parents: parentsOf(message),
    time: message.date === undefined ? 0 : Date.parse(message.date),
    sender: senderOf(message),
  };
}
