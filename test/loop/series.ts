import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { splitMbox } from '../../src/mail/split-mbox.js';

export const list = 'nvdimm@lists.linux.dev';

function fixture(name: string): Buffer {
  return readFileSync(fileURLToPath(new URL(`../../fixtures/${name}.mbox`, import.meta.url)));
}

/** The mails of a fixture, as they were sent. */
export function mailsOf(name: string): Buffer[] {
  return splitMbox(fixture(name), 100).mails;
}

interface Head {
  id: string;
  subject: string;
  from?: string;
  /** The nearest last. */
  answers?: string[];
  more?: string;
}

export function mail(
  { id, subject, from = 'A Developer <dev@example.org>', answers = [], more = '' }: Head,
  body: string,
): Buffer {
  const ids = answers.map((each) => `<${each}>`);
  const thread = ids.length === 0 ? '' : `In-Reply-To: ${ids.at(-1)}\nReferences: ${ids.join(' ')}\n`;
  return Buffer.from(
    `From: ${from}\nDate: Mon, 12 Jan 2026 10:00:00 +0100\nSubject: ${subject}\nMessage-ID: <${id}>\n${thread}` +
      `To: ${list}\nCc: linux-fsdevel@vger.kernel.org\n${more}\n${body}`,
  );
}

const name = 'Documentation/filesystems/dax-lookup.rst';
const documentation = `Say how often the tree is walked for a new entry.

Signed-off-by: A Developer <dev@example.org>
---
 ${name} | 1 +
 1 file changed, 1 insertion(+)

diff --git a/${name} b/${name}
new file mode 100644
--- /dev/null
+++ b/${name}
@@ -0,0 +1 @@
+An entry that is new is looked up once.
`;

/** A series as people post it, cover and all; its second patch opens the race of the fixture. */
export function seriesThatOpens(stamp: string): { ids: [string, string, string]; mails: Buffer[] } {
  const ids = [0, 1, 2].map((number) => `20260112090000.${number}-${stamp}@example.org`) as [
    string,
    string,
    string,
  ];
  const opening = fixture('no-second-lookup').toString('utf8');
  const patch = opening.slice(opening.indexOf('\n\n') + 2);
  const under = { answers: [ids[0]] };
  const cover = 'Two patches about looking an entry up once.\n\nA Developer (2):\n  one\n  two\n';
  return {
    ids,
    mails: [
      mail({ id: ids[0], subject: '[PATCH 0/2] dax: one lookup for a new entry' }, cover),
      mail({ id: ids[1], subject: '[PATCH 1/2] Documentation: dax: count lookups', ...under }, documentation),
      mail({ id: ids[2], subject: '[PATCH 2/2] dax: drop the second lookup', ...under }, patch),
    ],
  };
}
