import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.js';
import { ingest } from '../../src/intake/ingest.js';
import { findPatchset } from '../../src/reply/find-patchset.js';
import { type Ledger, openLedger } from '../../src/store/ledger.js';
import { digestOf } from '../../src/store/store.js';
import { Box, mailOf } from '../job/posts.js';
import { review } from '../report/sample.js';

const nvdimm = 'nvdimm@lists.linux.dev';
const mail = mailOf({ id: 'p1@example.org', subject: '[PATCH] dax: x' });
const arrivedMs = Date.parse('2026-03-01T00:00:00Z');
const read = readConfig(
  `identity: { address: bot@example.org }\nsources: [{ name: box, url: "maildir:/x" }]\nlists: { ${nvdimm}: { embargo: 1h } }\n` +
    'github: { token: { env: X }, repositories: [{ name: o/r, list: nvdimm@lists.linux.dev }] }\n',
);
if (!('config' in read)) throw new Error(JSON.stringify(read.faults));
const { config } = read;

describe('a series that is asked for by a Message-ID', () => {
  let folder: string;
  let ledger: Ledger;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-patchset-'));
    ledger = openLedger(join(folder, 'mail.db'));
    const box = new Box();
    box.waiting.push(mail);
    await ingest(box, ledger.store);
  });
  afterEach(() => {
    ledger.close();
    rmSync(folder, { recursive: true });
  });

  function plan(id: string, lists: string[], ms = arrivedMs): void {
    const series = { id, messageId: 'p1@example.org', version: 1, subject: 's', sender: 'A <a@example.org>' };
    ledger.reviews.plan({ ...series, lists, words: [], arrivedMs: ms }, [digestOf(mail)], []);
    ledger.reviews.finish(id, { outcome: 'reviewed', report: review }, ms);
  }
  const found = (nowMs: number) => findPatchset(ledger, 'p1@example.org', config, nowMs, console.error);

  it('is told when its embargo is over, and not a moment before', async () => {
    plan('listed', [nvdimm]);
    expect(await found(arrivedMs + 3_599_999)).toBeUndefined();
    expect(await found(arrivedMs + 3_600_000)).toMatchObject({ id: 'listed', status: 'Reviewed' });
  });

  it('is told to nobody when it was mailed to the bot alone, or stands where nothing is said', async () => {
    plan('private', []);
    ledger.proposals.pose('pull-1', { repo: 'o/r', name: 'pull/7' }, 'a'.repeat(40));
    plan('pull-1', [nvdimm]);
    expect(await found(arrivedMs + 86_400_000)).toBeUndefined();
  });

  it('is told as a list saw it, when the bot got it alone, too', async () => {
    plan('listed', [nvdimm]);
    plan('private', [], arrivedMs + 1000);
    expect(await found(arrivedMs + 86_400_000)).toMatchObject({ id: 'listed' });
  });
});
