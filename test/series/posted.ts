import type { Message } from '../../src/mail/message.js';
import { readMessages } from '../../src/mail/read.js';

/** What differs from one mail of a test to the next. */
export interface Posted {
  subject: string;
  /** Made of the subject when absent. */
  id?: string;
  parent?: string;
  from?: string;
  /** Minutes after the first day's start. */
  minute?: number;
  body?: string;
  headers?: string[];
}

const diff = 'diff --git a/fs/dax.c b/fs/dax.c\n--- a/fs/dax.c\n+++ b/fs/dax.c\n@@ -1 +1 @@\n-a\n+b\n';

export function idOf({ subject, id }: Posted): string {
  return id ?? `${subject.replace(/\W/g, '')}@example.org`;
}

function textOf(posted: Posted): string {
  const { subject, parent, from = 'A Developer <dev@example.org>', minute = 0, headers = [] } = posted;
  const date = new Date(Date.UTC(2017, 3, 12) + minute * 60_000).toUTCString().replace('GMT', '+0000');
  const own = [`From: ${from}`, `Subject: ${subject}`, `Message-ID: <${idOf(posted)}>`, `Date: ${date}`];
  if (parent !== undefined) own.push(`In-Reply-To: <${parent}>`);
  // A cover and an answer say something; only patches have a diff.
  const isPatch = /^\[/.test(subject) && !/\b0+\/\d/.test(subject);
  return `${[...own, ...headers].join('\n')}\n\n${posted.body ?? (isPatch ? diff : 'Words.\n')}`;
}

/** The mails as they are read from a list. */
export async function posted(...mails: (Posted | string)[]): Promise<Message[]> {
  const texts = mails.map((mail) => textOf(typeof mail === 'string' ? { subject: mail } : mail));
  const read = await Promise.all(texts.map((text) => readMessages(Buffer.from(text))));
  return read.flatMap((each) => {
    if ('problem' in each) throw new Error(each.problem);
    return each.messages;
  });
}
