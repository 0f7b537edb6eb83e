import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A series that is posted, and whether there is something to say of it. */
export interface Posted {
  /** Of its first mail. */
  id: string;
  mails: Buffer[];
  opens: boolean;
}

const opening = readFileSync(
  fileURLToPath(new URL('../../fixtures/no-second-lookup.mbox', import.meta.url)),
  'utf8',
);

function head(id: string, at: number, subject: string, parent?: string): string {
  const thread = parent === undefined ? '' : `In-Reply-To: <${parent}>\nReferences: <${parent}>\n`;
  return (
    `From: Developer ${at} <dev${at}@example.org>\nDate: Mon, 12 Jan 2026 10:00:00 +0000\nSubject: ${subject}\n` +
    `Message-ID: <${id}>\n${thread}To: nvdimm@lists.example.org\nList-Id: <nvdimm.lists.example.org>\n\n`
  );
}

/** A patch to a file that no scenario is about: it is read, applied to nothing, and quickly done. */
function harmless(at: number, part: number): string {
  const name = `Documentation/drill/${at}-${part}.rst`;
  const diff = `diff --git a/${name} b/${name}\nnew file mode 100644\n--- /dev/null\n+++ b/${name}\n@@ -0,0 +1 @@\n+line ${at}\n`;
  return `A line of documentation.\n\nSigned-off-by: Developer ${at} <dev${at}@example.org>\n---\n ${name} | 1 +\n\n${diff}`;
}

/** The patch of the fixture under an id of its own: it opens a race, and somebody is told. */
function openingRace(id: string, at: number): Buffer {
  const body = opening.slice(opening.indexOf('\n\n') + 2);
  return Buffer.from(`${head(id, at, `[PATCH] dax: drop the lookup of drill ${at}`)}${body}`);
}

/** Every tenth opens a race, every fifth has two patches and arrives out of order, the others are single patches. */
export function postedSeries(at: number): Posted {
  const id = `drill-${at}@example.org`;
  if (at % 10 === 3) return { id, mails: [openingRace(id, at)], opens: true };
  if (at % 5 !== 1)
    return {
      id,
      mails: [Buffer.from(head(id, at, `[PATCH] Documentation: drill ${at}`) + harmless(at, 1))],
      opens: false,
    };
  const part = (number: number) =>
    Buffer.from(
      head(`drill-${at}-${number}@example.org`, at, `[PATCH ${number}/2] Documentation: part ${number}`, id) +
        harmless(at, number),
    );
  const cover = Buffer.from(`${head(id, at, `[PATCH 0/2] Documentation: drill ${at}`)}Two parts.\n`);
  return { id, mails: [part(2), cover, part(1)], opens: false };
}
