import type { Patch } from '../../src/change/patch.js';
import { readPatch } from '../../src/change/read-patch.js';
import { modelledFiles } from '../../src/code/modelled.js';
import type { Message } from '../../src/mail/message.js';
import { parseMail } from '../../src/mail/parse-mail.js';
import { readHeaders } from '../../src/mail/read-headers.js';
import { gatherAll } from '../../src/series/gather.js';
import { readSubject } from '../../src/series/read-subject.js';
import type { Series } from '../../src/series/series.js';
import { openDatabase } from '../../src/store/database.js';
import { unpack } from '../../src/store/pack.js';
import { layout } from '../../src/store/schema.js';
import { openStore } from '../../src/store/store.js';

/** Files whose changes are reviewed: those whose functions have worlds, and one that worlds stand on. */
export const reviewed = [...modelledFiles, 'fs/inode.c'];

/** A posting that has patches to such files. */
export interface Posting {
  series: Series;
  patches: Patch[];
  /** Which of them: their places in `patches`. */
  touching: number[];
}

/** A thread is read to this many mails. */
const mostMails = 2000;

export function pathsOf(patch: Patch): string[] {
  return [...new Set(patch.files.flatMap(({ oldPath, newPath }) => [oldPath, newPath]))];
}

/** Message-IDs of patches whose text names one of the files, oldest first. */
function touchingIds(file: string): string[] {
  const database = openDatabase(file, layout);
  try {
    const rows = database.rows<{ id: string; bytes: Buffer; packed: number }>(
      `SELECT min(name.messageId) AS id, copy.bytes AS bytes, copy.packed AS packed
       FROM message JOIN name ON name.message = message.id JOIN copy ON copy.message = message.id
       WHERE message.kind = 'patch' AND message.notKernel IS NULL
       GROUP BY message.id ORDER BY message.date`,
    );
    return rows.flatMap(({ id, bytes, packed }) => {
      const raw = unpack(bytes, packed === 1);
      return reviewed.some((path) => raw.includes(path)) ? id : [];
    });
  } finally {
    database.close();
  }
}

/** The postings of a thread. Answers are not parsed: most of a list is talk. */
async function postingsOf(thread: Buffer[]): Promise<Series[]> {
  const messages: Message[] = [];
  for (const raw of thread) {
    const headers = readHeaders(raw);
    if (readSubject(headers.get('subject')?.[0] ?? '').reply) continue;
    const message = await parseMail(raw, headers).catch(() => undefined);
    if (message !== undefined) messages.push(message);
  }
  return gatherAll(messages);
}

/** Every posting of a store that changes one of the files, oldest first. */
export async function readPostings(file: string): Promise<Posting[]> {
  const wanted = new Set(touchingIds(file));
  const store = openStore(file);
  const postings: Posting[] = [];
  const seen = new Set<string>();
  try {
    for (const id of wanted) {
      if (seen.has(id)) continue;
      for (const series of await postingsOf(store.thread(id, mostMails))) {
        const ids = series.patches.flatMap((message) => message.ids);
        if (ids.every((each) => seen.has(each))) continue;
        for (const each of ids) seen.add(each);
        const patches = series.patches.map(readPatch);
        const touching = [...patches.keys()].filter((at) =>
          pathsOf(patches[at]!).some((path) => reviewed.includes(path)),
        );
        if (touching.length > 0) postings.push({ series, patches, touching });
      }
      seen.add(id);
    }
  } finally {
    store.close();
  }
  return postings.sort((a, b) => (dateOf(a) < dateOf(b) ? -1 : 1));
}

/** The day of the first patch, ISO 8601. */
export function dateOf({ patches }: Posting): string {
  return patches[0]?.message.date ?? '';
}
