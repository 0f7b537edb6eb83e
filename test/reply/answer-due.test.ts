import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.js';
import { ingest } from '../../src/intake/ingest.js';
import { answerDue } from '../../src/reply/answer-due.js';
import { type Correspondence, openCorrespondence } from '../../src/reply/correspondence.js';
import { readMails } from '../../src/reply/read-mails.js';
import type { Arrival, Inbox } from '../../src/source/inbox.js';
import { type Ledger, openLedger } from '../../src/store/ledger.js';
import { digestOf } from '../../src/store/store.js';
import { message, review } from '../report/sample.js';

const now = 1_700_000_000_000;
const mail = (from: string) =>
  Buffer.from(
    `From: ${from}\nTo: bot@example.org\nSubject: ${message.subject}\nMessage-ID: <${message.messageId}>\n\nWhy.\n`,
  );

describe('the mails of a series', () => {
  it('are read but for those that cannot be, of which a line is told', async () => {
    const good = Buffer.from('From: a@x.org\nMessage-ID: <a@x.org>\nSubject: x\n\nx\n');
    const bad = Buffer.from(`Message-ID: <b@x.org>\n${'X-A: b\n'.repeat(700_000)}\nx\n`);
    const troubles: string[] = [];
    const { messages } = await readMails([bad, good], (line) => troubles.push(line));
    expect([...messages.keys()]).toEqual(['a@x.org']);
    expect(troubles).toEqual([expect.stringMatching(/^a mail cannot be read: \S/)]);
  });
});

describe('a result that nobody has looked at', () => {
  let ledger: Ledger;
  let letters: Correspondence;

  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'faultline-answer-'));
    ledger = openLedger(join(folder, 'mail.db'));
    letters = openCorrespondence(join(folder, 'outbox.db'));
  });

  const reviewed = async (id: string, from: string, lists: string[], older: string[] = [], version = 1) => {
    const raw = mail(from);
    const inbox: Inbox = {
      name: 'box',
      async *read(): AsyncGenerator<Arrival> {
        yield { kind: 'mail', place: id, raw, cursor: id };
      },
      wait: async () => {},
      close: async () => {},
    };
    await ingest(inbox, ledger.store);
    const series = {
      id,
      messageId: id,
      version,
      subject: 's',
      sender: from,
      lists,
      words: [],
      arrivedMs: now,
    };
    ledger.reviews.plan(series, [digestOf(raw)], older);
    ledger.reviews.finish(id, { outcome: 'reviewed', report: review }, now);
  };
  const answers = async (more = '', onTrouble: (line: string) => void = console.error) => {
    const read = readConfig(
      `identity: { address: bot@example.org }\nme: me@example.org\nsources: [{ name: a, url: "mbox:/a" }]\n${more}`,
    );
    if (!('config' in read)) throw new Error(JSON.stringify(read.faults));
    const said: string[] = [];
    const onAnswer = (_: string, answer: string) => void said.push(answer);
    await answerDue({ ledger, letters, config: read.config, nowMs: now, onAnswer, onTrouble });
    return said;
  };
  const list = ['nvdimm@lists.example.org'];

  it('becomes one mail, also when the note of it was lost', async () => {
    await reviewed('r1', 'dev@example.org', list);
    expect(await answers()).toMatchObject([expect.stringMatching(/^held: fl\./)]);
    expect(await answers()).toEqual([]);
    ledger.reviews.again('r1');
    ledger.reviews.finish('r1', { outcome: 'reviewed', report: review }, now);
    expect(await answers()).toMatchObject([expect.stringMatching(/^known: /)]);
    expect(letters.outbox.list()).toHaveLength(1);
  });

  it('is silence when there is nothing to tell', async () => {
    await reviewed('r1', 'dev@example.org', list);
    ledger.reviews.again('r1');
    ledger.reviews.finish('r1', { outcome: 'not-analysed', limit: 'time', why: 'more than 10 s' }, now);
    expect(await answers()).toEqual(['silent: there is no result to tell']);
    expect(letters.outbox.list()).toEqual([]);
  });

  it('that no mail can be made of, as of an older worker, keeps no other waiting', async () => {
    await reviewed('r1', 'dev@example.org', list);
    ledger.reviews.again('r1');
    const [patch] = review.patches;
    const found = patch!.findings.map((each) => ({ ...each, trace: undefined }));
    const odd = { ...review, patches: [{ ...patch, findings: found }] } as unknown as typeof review;
    ledger.reviews.finish('r1', { outcome: 'reviewed', report: odd }, now);
    await reviewed('r2', 'other@example.org', list, [], 2);
    const troubles: string[] = [];
    expect(await answers('', (line) => troubles.push(line))).toMatchObject([
      expect.stringMatching(/^silent: no mail can be made of it: /),
      expect.stringMatching(/^held: /),
    ]);
    expect(troubles).toEqual([expect.stringMatching(/^r1: no mail can be made of it: \S/)]);
  });

  it('goes to the author of a patch that came to the bot alone, if that author may ask', async () => {
    await reviewed('r1', 'dev@example.org', []);
    await reviewed('r2', 'other@example.org', []);
    await answers('authors: { direct: [dev@example.org] }\n');
    const to = (series: string) => letters.outbox.about(series).map((each) => each.to);
    expect(to('r1 v1')).toEqual([['dev@example.org']]);
    expect(to('r2 v1')).not.toEqual([['other@example.org']]);
  });

  it('does not tell again what was told of the version before', async () => {
    await reviewed('r1', 'dev@example.org', list);
    await answers();
    const [first] = letters.outbox.list();
    letters.outbox.move(first!.id, 'sent', { sentAt: now });
    await reviewed('r2', 'dev@example.org', list, ['r1'], 2);
    const said = await answers();
    const second = letters.outbox.about('r2 v2')[0];
    expect(said).toMatchObject([expect.stringMatching(/^held: /)]);
    expect(second?.bytes.toString()).toContain(
      `Still present from v1: unlocked-entry-path in claim_slot(), see`,
    );
    expect(second?.bytes.toString()).toContain(first!.id);
  });
});
