import type { Message } from '../mail/message.js';

/** A mail, and the lists through which copies of it came. */
export interface United {
  message: Message;
  lists: string[];
}

/** The list's address from `List-Id: text <linux-mm.kvack.org>`. */
function listsOf(message: Message): string[] {
  const ids = message.headers.get('list-id') ?? [];
  return ids.map((id) => (/<([^<>\s]{1,200})>\s*$/.exec(id)?.[1] ?? id).toLowerCase().slice(0, 200));
}

/** What list software adds: a rule of underscores and words behind it, or a bracket before the subject. */
const footer = /^_{20,}\n[^\n]*(?:mailing list|\blist\b)/im;

/** The less a list changed a copy, the better: no footer, then the shorter subject, then the fewer bytes. */
function damage(message: Message): [number, number, number] {
  return [footer.test(message.body) ? 1 : 0, message.subject.length, message.raw.length];
}

function isBetter(one: Message, other: Message): boolean {
  const [a, b] = [damage(one), damage(other)];
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at]! < b[at]!;
}

/** The lines that change code, without white space: equal in all copies of one patch. */
function changedText(message: Message): string {
  return message.body
    .split('\n')
    .filter((line) => /^[+-](?!- $)/.test(line))
    .join('\n')
    .replace(/[^\S\n]+/g, '');
}

/**
 * Copies of one mail become one: a mail that went to two lists arrives twice, and an archive that got both
 * gives the second an id of its own beside the shared one. Any Message-ID in common makes a copy. Two mails
 * with one id and different patches stay one, and a note says so.
 */
export function uniteCopies(messages: Message[]): { united: United[]; notes: string[] } {
  const united: United[] = [];
  const byId = new Map<string, United>();
  const notes: string[] = [];
  for (const message of messages) {
    const shared = message.ids.find((id) => byId.has(id));
    const known = shared === undefined ? undefined : byId.get(shared);
    const lists = listsOf(message);
    if (!known) united.push({ message, lists });
    else {
      if (changedText(known.message) !== changedText(message))
        notes.push(
          `two mails have the Message-ID ${message.ids[0]} and different patches; the better copy counts`,
        );
      const better = isBetter(message, known.message) ? message : known.message;
      // Of several ids the one that both copies have is the sender's; an archive made up the other.
      known.message = { ...better, id: shared };
      known.lists = [...new Set([...known.lists, ...lists])];
    }
    for (const id of message.ids) byId.set(id, known ?? united.at(-1)!);
  }
  return { united, notes };
}
