import type { Arrival, Inbox } from '../../src/source/inbox.js';

/** A mail of a list, in short. */
export interface Mail {
  id: string;
  subject: string;
  parent?: string;
  diff?: string;
  from?: string;
}

/** Its bytes: a cover for `0/n`, else a patch that does `diff`. */
export function mailOf({ id, subject, parent, diff = id, from = 'A Dev <dev@example.org>' }: Mail): Buffer {
  const thread = parent === undefined ? '' : `In-Reply-To: <${parent}>\nReferences: <${parent}>\n`;
  const head = `From: ${from}\nSubject: ${subject}\nMessage-ID: <${id}>\n${thread}List-Id: <nvdimm.lists.linux.dev>\n`;
  const date = 'Date: Mon, 12 Jan 2026 10:00:00 +0000\n';
  if (/ 0\/\d/.test(subject)) return Buffer.from(`${head}${date}\nWhat it is about.\n`);
  const patch = `--- a/fs/dax.c\n+++ b/fs/dax.c\n@@ -1 +1 @@\n-old ${diff}\n+new ${diff}\n`;
  return Buffer.from(
    `${head}${date}\nWhy.\n---\n fs/dax.c | 2 +-\n\ndiff --git a/fs/dax.c b/fs/dax.c\n${patch}`,
  );
}

/** A source that holds what a test puts into it. */
export class Box implements Inbox {
  readonly name = 'box';
  private place = 0;
  waiting: Buffer[] = [];

  async *read(): AsyncGenerator<Arrival> {
    for (const raw of this.waiting.splice(0))
      yield { kind: 'mail', place: String(++this.place), raw, cursor: this.place };
  }

  async wait(): Promise<void> {}
  async close(): Promise<void> {}
}
