import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.js';
import { ingest } from '../../src/intake/ingest.js';
import { Conveyor } from '../../src/job/conveyor.js';
import type { Arrival, Cursor, Inbox } from '../../src/source/inbox.js';
import { openDatabase } from '../../src/store/database.js';
import { Postings } from '../../src/store/postings.js';
import { Reviews } from '../../src/store/reviews.js';
import { layout } from '../../src/store/schema.js';
import { Store } from '../../src/store/store.js';
import { postedSeries } from '../drill/mails.js';
import { MemoryQueue } from './memory-queue.js';

/** Mails that a disk has to find room for: what stands below a patch does not belong to it. */
const mails = Array.from({ length: 30 }, (_, at) =>
  Buffer.concat([
    postedSeries(5 * at).mails[0]!,
    Buffer.from(`-- \n${randomBytes(30_000).toString('hex')}\n`),
  ]),
);

const inbox: Inbox = {
  name: 'box',
  async *read(cursor: Cursor | undefined): AsyncGenerator<Arrival> {
    for (let at = Number(cursor ?? 0); at < mails.length; at++)
      yield { kind: 'mail', place: String(at), raw: mails[at]!, cursor: at + 1 };
  },
  wait: async () => {},
  close: async () => {},
};

it('a disk that was full for a while loses no mail and no series', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-full-'));
  const database = openDatabase(join(folder, 'mail.db'), layout);
  const [store, postings, reviews] = [new Store(database), new Postings(database), new Reviews(database)];
  const queue = new MemoryQueue();
  const read = readConfig(
    'identity: { address: b@example.org }\nsources: [{ name: box, url: "maildir:/x" }]\n',
  );
  if (!('config' in read)) throw new Error('bad configuration');
  let now = 1_700_000_000_000;
  const parts = { postings, reviews, queue, config: () => read.config, now: () => now };
  const conveyor = new Conveyor({ ...parts, tell: () => {}, onNewer: () => {} });
  const room = (pages: number) => database.row(`PRAGMA max_page_count = ${pages}`);
  const step = async () => {
    await ingest(inbox, store, { batch: { arrivals: 5, bytes: 1e9 } });
    now += 4000;
    await conveyor.turn();
  };
  let full = 0;
  // Room comes in pieces: the disk is full in the middle of taking mail in, of planning, and of noting what was sent.
  for (let pages = 40; full < 1000; pages += 3) {
    room(pages);
    try {
      await step();
      if (reviews.backlog().queued === mails.length) break;
    } catch (error) {
      expect(String(error)).toMatch(/full/i);
      full++;
    }
  }
  expect(full).toBeGreaterThan(20);
  expect(store.tally()).toMatchObject({ messages: mails.length, unique: mails.length });
  expect(reviews.backlog()).toMatchObject({ due: 0, queued: mails.length });
  expect(queue.jobs.size).toBe(mails.length);
  database.close();
  rmSync(folder, { recursive: true });
});
