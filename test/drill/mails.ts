import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A series that is posted, and whether there is something to say of it. */
export interface Posted {
  /** Of its first mail. */
  id: string;
  /** Of all its mails. */
  ids: string[];
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

/** The patch of the fixture, which opens a race, and somebody is told. */
const openingPatch = opening.slice(opening.indexOf('\n\n') + 2);

function single(at: number, id: string, opens: boolean): Posted {
  const subject = opens ? `dax: drop the lookup of drill ${at}` : `Documentation: drill ${at}`;
  const text = head(id, at, `[PATCH] ${subject}`) + (opens ? openingPatch : harmless(at, 1));
  return { id, ids: [id], mails: [Buffer.from(text)], opens };
}

/** Two patches and a cover between them: whatever ends at any moment, there is something that looks like a whole. */
function pair(at: number, id: string, opens: boolean): Posted {
  const idOf = (number: number) => `drill-${at}-${number}@example.org`;
  const part = (number: number, body: string) =>
    Buffer.from(head(idOf(number), at, `[PATCH ${number}/2] Documentation: part ${number}`, id) + body);
  const cover = Buffer.from(`${head(id, at, `[PATCH 0/2] Documentation: drill ${at}`)}Two parts.\n`);
  const second = part(2, opens ? openingPatch : harmless(at, 2));
  return { id, ids: [id, idOf(1), idOf(2)], mails: [second, cover, part(1, harmless(at, 1))], opens };
}

/** Every fifth has two patches and arrives out of order, the others are single patches; every tenth opens a race, and of the pairs every fourth. */
export function postedSeries(at: number): Posted {
  const id = `drill-${at}@example.org`;
  if (at % 5 === 1) return pair(at, id, at % 20 === 11);
  return single(at, id, at % 10 === 3);
}

export function allPosted(count: number): Posted[] {
  return Array.from({ length: count }, (_, at) => postedSeries(at));
}
