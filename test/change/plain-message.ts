import type { Patch } from '../../src/change/patch.js';
import { readPatch } from '../../src/change/read-patch.js';
import type { Message } from '../../src/mail/message.js';

/** A message as `git diff` on standard input gives it. */
export function plainMessage(body: string): Message {
  return {
    id: undefined,
    ids: [],
    subject: '',
    from: '',
    author: '',
    date: undefined,
    dateText: undefined,
    inReplyTo: [],
    references: [],
    headers: new Map(),
    body,
    flowed: false,
    encoding: 'utf8',
    neverAnswer: undefined,
    attachments: [],
    raw: Buffer.from(body),
  };
}

export function patchOf(body: string): Patch {
  return readPatch(plainMessage(body));
}
