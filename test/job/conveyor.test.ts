import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.js';
import { readConfig } from '../../src/config/read.js';
import type { Outcome } from '../../src/finding/outcome.js';
import { ingest } from '../../src/intake/ingest.js';
import { Conveyor } from '../../src/job/conveyor.js';
import { type ReviewJob, unpackMbox } from '../../src/job/payload.js';
import { splitMbox } from '../../src/mail/split-mbox.js';
import { type Ledger, openLedger } from '../../src/store/ledger.js';
import { review } from '../report/sample.js';
import { MemoryQueue } from './memory-queue.js';
import { Box, type Mail, mailOf } from './posts.js';

const reviewed: Outcome = { outcome: 'reviewed', report: review };
const minuteMs = 60_000;

describe('mail on its way to a review', () => {
  let folder: string;
  let ledger: Ledger;
  let queue: MemoryQueue;
  let now: number;
  let told: string[];
  let newer: string[];
  let config: Config;
  let box: Box;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-job-'));
    ledger = openLedger(join(folder, 'mail.db'));
    queue = new MemoryQueue();
    now = 1_700_000_000_000;
    told = [];
    newer = [];
    box = new Box();
    const read = readConfig(
      'identity: { address: bot@example.org }\nsources: [{ name: box, url: "maildir:/x" }]\nlists: { nvdimm@lists.linux.dev: { embargo: 10m } }\n',
    );
    if (!('config' in read)) throw new Error('bad configuration');
    config = read.config;
  });

  afterEach(() => {
    ledger.close();
    rmSync(folder, { recursive: true });
  });

  const conveyor = () =>
    new Conveyor({
      postings: ledger.postings,
      reviews: ledger.reviews,
      queue,
      config: () => config,
      now: () => now,
      tell: (event) => void told.push(event),
      onNewer: (older, by) => void newer.push(`${older.messageId} < ${by.messageId}`),
    });
  /** Takes mails in, and lets so much time pass that they are looked at. */
  const arrive = async (...mails: Mail[]) => {
    box.waiting.push(...mails.map(mailOf));
    await ingest(box, ledger.store);
    const belt = conveyor();
    await belt.turn();
    now += 4000;
    for (let more = true; more; ) more = await belt.turn();
  };
  const turn = (afterMs = 0) => {
    now += afterMs;
    return conveyor().turn();
  };
  const jobs = () => [...queue.jobs.keys()];
  const subjectsOf = (id: string) =>
    splitMbox(unpackMbox(queue.jobs.get(id) as ReviewJob), 100).mails.map(
      (mail) => /^Subject: (.*)$/m.exec(mail.toString('latin1'))?.[1],
    );

  it('is one job for a single patch, with the lists that it went to', async () => {
    await arrive({ id: 'a@x', subject: '[PATCH net-next] dax: one' });
    expect(jobs()).toHaveLength(1);
    expect(queue.jobs.get(jobs()[0]!)).toMatchObject({
      lists: ['nvdimm@lists.linux.dev'],
      words: ['net-next'],
    });
    expect(ledger.reviews.inState('queued', 9)).toMatchObject([{ messageId: 'a@x', version: 1 }]);
  });

  it('is put in order when it comes out of order, and not waited for when it is whole', async () => {
    await arrive(
      { id: '2@x', subject: '[PATCH 2/2] dax: two', parent: '0@x' },
      { id: '0@x', subject: '[PATCH 0/2] dax: all' },
      { id: '1@x', subject: '[PATCH 1/2] dax: one', parent: '0@x' },
    );
    expect(jobs()).toHaveLength(1);
    expect(subjectsOf(jobs()[0]!)).toEqual([
      '[PATCH 0/2] dax: all',
      '[PATCH 1/2] dax: one',
      '[PATCH 2/2] dax: two',
    ]);
  });

  it('waits for what is missing as long as its list says, and then goes without', async () => {
    await arrive(
      { id: '0@x', subject: '[PATCH 0/2] dax: all' },
      { id: '1@x', subject: '[PATCH 1/2] dax: one', parent: '0@x' },
    );
    expect(jobs()).toEqual([]);
    await turn(9 * minuteMs);
    expect(jobs()).toEqual([]);
    await turn(minuteMs);
    expect(jobs()).toHaveLength(1);
  });

  it('is complete as soon as the last mail is there', async () => {
    await arrive(
      { id: '0@x', subject: '[PATCH 0/2] dax: all' },
      { id: '1@x', subject: '[PATCH 1/2] dax: one', parent: '0@x' },
    );
    await arrive({ id: '2@x', subject: '[PATCH 2/2] dax: two', parent: '0@x' });
    expect(subjectsOf(jobs()[0]!)).toHaveLength(3);
  });

  it('is one review when a copy comes over another list, before or after it was reviewed', async () => {
    const mail = { id: 'a@x', subject: '[PATCH] dax: one' };
    await arrive(mail);
    const [id] = jobs();
    queue.finish(id!, { outcome: 'done', result: reviewed });
    await turn();
    box.waiting.push(Buffer.from(`X-List: another\n${mailOf(mail)}`));
    await arrive();
    await turn(60 * minuteMs);
    expect(jobs()).toEqual([]);
    expect(ledger.reviews.backlog()).toMatchObject({ due: 0, queued: 0, done: 1 });
  });

  it('gives up an older version that waits, and says so of one that is reviewed', async () => {
    await arrive({ id: 'v1@x', subject: '[PATCH] dax: one' });
    const [first] = jobs();
    await arrive({ id: 'v2@x', subject: '[PATCH v2] dax: one', diff: 'better' });
    expect(ledger.reviews.stateOf(first!)).toBe('superseded');
    expect(jobs()).toHaveLength(1);
    queue.finish(jobs()[0]!, { outcome: 'done', result: reviewed });
    await turn();
    await arrive({ id: 'v3@x', subject: '[PATCH v3] dax: one', diff: 'best' });
    expect(newer).toContain('v2@x < v3@x');
    expect(ledger.reviews.backlog()).toMatchObject({ queued: 1, done: 1, superseded: 1 });
  });

  it('does not review an old version that comes after the new one', async () => {
    await arrive({ id: 'v2@x', subject: '[PATCH v2] dax: one', diff: 'better' });
    await arrive({ id: 'v1@x', subject: '[PATCH] dax: one' });
    expect(jobs()).toHaveLength(1);
    expect(ledger.reviews.backlog()).toMatchObject({ queued: 1, superseded: 1 });
  });

  it('makes a lost queue again from the store', async () => {
    await arrive(
      { id: 'a@x', subject: '[PATCH] dax: one' },
      { id: 'b@x', subject: '[PATCH] dax: other', from: 'B <b@x.org>' },
    );
    const before = jobs().sort();
    queue.lose();
    await turn(21_000);
    expect(jobs().sort()).toEqual(before);
    queue.lose();
    // A new daemon looks at once.
    await turn();
    expect(jobs().sort()).toEqual(before);
  });

  it('records a result once, whoever sends it again', async () => {
    await arrive({ id: 'a@x', subject: '[PATCH] dax: one' });
    const [id] = jobs();
    queue.finish(id!, { outcome: 'done', result: reviewed });
    await turn();
    expect(ledger.reviews.get(id!)).toMatchObject({ state: 'done', result: { outcome: 'reviewed' } });
    expect(jobs()).toEqual([]);
    await queue.add(id!, {});
    queue.finish(id!, { outcome: 'done', result: { outcome: 'refused', why: 'second thoughts' } });
    await turn();
    expect(ledger.reviews.get(id!)).toMatchObject({ state: 'done', result: { outcome: 'reviewed' } });
    expect(jobs()).toEqual([]);
    expect(told.filter((event) => event === 'recorded')).toHaveLength(1);
  });

  it('records that a job failed for good, and what is no result, as not analysed', async () => {
    await arrive(
      { id: 'a@x', subject: '[PATCH] dax: one' },
      { id: 'b@x', subject: '[PATCH] dax: other', from: 'B <b@x.org>' },
    );
    const [one, other] = jobs();
    queue.finish(one!, { outcome: 'failed', why: 'job stalled more than allowable limit' });
    queue.finish(other!, { outcome: 'done', result: { outcome: 'reviewed', report: 'fine!' } });
    await arrive({ id: 'c@x', subject: '[PATCH] dax: third', from: 'C <c@x.org>' });
    const third = jobs().find((id) => id !== one && id !== other);
    const odd = { version: 1, series: {}, patches: [{ subject: 'of an older worker' }] };
    queue.finish(third!, { outcome: 'done', result: { outcome: 'reviewed', report: odd } });
    await turn();
    for (const id of [one!, other!, third!])
      expect(ledger.reviews.get(id)?.result).toMatchObject({ outcome: 'not-analysed', limit: 'crash' });
  });

  it('keeps most of a flood in the store, and lets what came last go first', async () => {
    const mails = Array.from({ length: 40 }, (_, at) => ({
      id: `${at}@x`,
      subject: `[PATCH] dax: number ${at}`,
      from: `P${at} <p${at}@x.org>`,
    }));
    await arrive(...mails);
    expect(jobs()).toHaveLength(32);
    await arrive({ id: 'new@x', subject: '[PATCH] dax: the newest', from: 'N <n@x.org>' });
    queue.finish(jobs()[0]!, { outcome: 'done', result: reviewed });
    await turn();
    expect(jobs().map((id) => subjectsOf(id)[0])).toContain('[PATCH] dax: the newest');
  });

  it('looks at what came last before what came first, when there is much', async () => {
    const mails = Array.from({ length: 30 }, (_, at) => ({
      id: `${at}@x`,
      subject: `[PATCH] dax: number ${at}`,
      from: `P${at} <p${at}@x.org>`,
    }));
    box.waiting.push(...mails.map(mailOf));
    await ingest(box, ledger.store);
    await turn();
    box.waiting.push(mailOf({ id: 'new@x', subject: '[PATCH] dax: the newest', from: 'N <n@x.org>' }));
    await ingest(box, ledger.store);
    await turn(100);
    await turn(4000);
    expect(jobs().map((id) => subjectsOf(id)[0])).toContain('[PATCH] dax: the newest');
  });

  it('goes on after any step that was cut off: planned and not sent, sent and not noted, done and not forgotten', async () => {
    await arrive({ id: 'a@x', subject: '[PATCH] dax: one' });
    const [id] = jobs();
    const send = queue.add.bind(queue);
    for (const broken of ['before', 'after'] as const) {
      queue.add = async (...args) => {
        if (broken === 'after') await send(...args);
        throw new Error('the power went');
      };
      box.waiting.push(
        mailOf({ id: `${broken}@x`, subject: `[PATCH] dax: ${broken}`, from: `${broken} <${broken}@x.org>` }),
      );
      await ingest(box, ledger.store);
      await expect(turn().then(() => turn(4000))).rejects.toThrow('the power went');
    }
    queue.add = send;
    await turn(4000);
    expect(jobs()).toHaveLength(3);
    const forget = queue.forget.bind(queue);
    queue.forget = async () => {
      throw new Error('the power went');
    };
    queue.finish(id!, { outcome: 'done', result: reviewed });
    await expect(turn()).rejects.toThrow('the power went');
    queue.forget = forget;
    await turn();
    expect(jobs()).toHaveLength(2);
    expect(ledger.reviews.backlog()).toMatchObject({ due: 0, queued: 2, done: 1 });
  });

  it('is looked at although the clock was set back', async () => {
    box.waiting.push(mailOf({ id: 'a@x', subject: '[PATCH] dax: one' }));
    await ingest(box, ledger.store);
    await turn();
    await turn(-24 * 60 * minuteMs);
    expect(jobs()).toHaveLength(1);
  });

  it('is nothing when it holds no patch', async () => {
    await arrive(
      { id: 'c@x', subject: '[PATCH 0/2] dax: only a cover' },
      { id: 't@x', subject: 'Re: [PATCH] dax: talk' },
    );
    await turn(60 * minuteMs);
    expect(jobs()).toEqual([]);
    expect(ledger.reviews.backlog().oldestMs).toBeUndefined();
  });
});
