import { expect, it } from 'vitest';
import { ingest } from '../../src/intake/ingest.js';
import type { Arrival, Inbox } from '../../src/source/inbox.js';
import { openLedger } from '../../src/store/ledger.js';
import { mailOf } from '../job/posts.js';

class Archive implements Inbox {
  readonly name = 'archive';
  coming: ((cursor: number) => Arrival)[] = [];
  private at = 0;

  async *read(): AsyncGenerator<Arrival> {
    for (const each of this.coming.splice(0)) yield each(++this.at);
  }
  async wait(): Promise<void> {}
  async close(): Promise<void> {}
}

const took = (place: string, raw: Buffer) => (cursor: number) =>
  ({ kind: 'mail', place, raw, cursor }) as const;
const withdrew = (place: string, raw: Buffer) => (cursor: number) =>
  ({ kind: 'withdrawn', place, raw, cursor }) as const;

it('what comes after the last mail was withdrawn is looked at and listened to', async () => {
  const ledger = openLedger(':memory:');
  const archive = new Archive();
  const secret = mailOf({ id: 'secret@x', subject: '[PATCH] dax: with a password' });
  const next = mailOf({ id: 'next@x', subject: '[PATCH] dax: without' });
  const command = Buffer.from('From: a@x.org\nSubject: hello\nMessage-ID: <c@x>\n\n#faultline unsubscribe\n');
  archive.coming = [took('1', secret)];
  await ingest(archive, ledger.store);
  ledger.postings.notice(1000, 0);
  ledger.hearing.heard(1);
  archive.coming = [withdrew('1', secret), took('2', next)];
  await ingest(archive, ledger.store);
  expect(ledger.postings.notice(2000, 0)).toBe(1);
  expect(ledger.postings.due(3000, 5).map(({ series }) => series)).toContain('next@x');
  archive.coming = [withdrew('2', next), took('3', command)];
  await ingest(archive, ledger.store);
  expect(ledger.hearing.next('fl.', 5)).toHaveLength(1);
  ledger.close();
});
