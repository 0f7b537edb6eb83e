import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.js';
import { ingest } from '../../src/intake/ingest.js';
import { openCorrespondence } from '../../src/reply/correspondence.js';
import { hear } from '../../src/reply/hear.js';
import { watch } from '../../src/reply/watch.js';
import type { Arrival, Inbox } from '../../src/source/inbox.js';
import type { Hearing } from '../../src/store/hearing.js';
import { openLedger } from '../../src/store/ledger.js';
import { review } from '../report/sample.js';

const now = 1_700_000_000_000;
const read = readConfig(
  'identity: { address: bot@example.org }\nsources: [{ name: a, url: "mbox:/a" }]\nmail: { dryRun: false, moderators: [boss@example.org] }\n',
);
if (!('config' in read)) throw new Error('bad configuration');
const { config } = read;

const noKeys = () => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));

class Box implements Inbox {
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

function world() {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-'));
  const ledger = openLedger(join(folder, 'mail.db'));
  const correspondence = openCorrespondence(join(folder, 'outbox.db'));
  const box = new Box();
  const heard: string[] = [];
  const planned = {
    id: 'r',
    messageId: 'cover@x.org',
    version: 1,
    subject: 's',
    sender: 'dev@x.org',
    lists: [],
    words: [],
    arrivedMs: now,
  };
  ledger.reviews.plan(planned, [], []);
  ledger.reviews.finish('r', { outcome: 'reviewed', report: review }, now);
  ledger.reviews.answered('r', 'ready: fl.1@example.org');
  correspondence.outbox.put(
    {
      id: 'fl.1@example.org',
      key: 'k',
      series: 'cover@x.org v1',
      thread: 'cover@x.org',
      author: 'dev@x.org',
      lists: [],
      from: 'bot@example.org',
      to: ['dev@x.org'],
      subject: 'Re: x',
      findings: ['f1'],
      bytes: Buffer.from('x'),
    },
    { state: 'ready', why: null, notBefore: now, now },
  );
  const come = async (...mails: string[]) => {
    box.waiting = mails.map((mail) => Buffer.from(mail));
    await ingest(box, ledger.store);
    const onHeard = (id: string, what: string) => void heard.push(`${id}: ${what}`);
    await hear({
      ...ledger,
      correspondence,
      config,
      now,
      resolver: noKeys,
      onHeard,
      onTrouble: console.error,
    });
  };
  return {
    ...ledger,
    ...correspondence,
    outbox: correspondence.outbox,
    objections: correspondence.objections,
    correspondence,
    come,
    heard,
  };
}

let count = 0;
const mail = (body: string, { from = 'dev@x.org', parent = 'fl.1@example.org', more = '' } = {}) =>
  `From: ${from}\nTo: bot@example.org\nSubject: Re: x\nMessage-ID: <q${++count}@x.org>\nIn-Reply-To: <${parent}>\nDate: Mon, 12 Jan 2026 10:00:00 +0000\n${more}\n${body}\n`;

describe('an answer to a mail of ours', () => {
  it('that disputes a finding is heard once', async () => {
    const { come, objections, heard } = world();
    await come(mail('#faultline invalid: no'), mail('thanks, a nice find'));
    await come();
    expect(objections.disputed()).toEqual(new Set(['f1']));
    expect(heard).toEqual([expect.stringContaining('invalid (dkim none, 0 refused)')]);
  });

  it('that asks for everything gets it alone', async () => {
    const { come, outbox } = world();
    await come(mail('#faultline explain', { more: 'Cc: list@lists.x.org\nList-Id: <list.lists.x.org>\n' }));
    const [answer] = outbox.list().filter(({ key }) => key.startsWith('explain:'));
    expect(answer).toMatchObject({ state: 'ready', to: ['dev@x.org'], lists: [] });
    const parsed = await simpleParser(answer!.bytes);
    expect(parsed.text).toContain('INTRODUCED  unlocked-entry-path in claim_slot()');
    expect(parsed.headers.get('auto-submitted')).toBe('auto-replied');
  });

  it('that asks for another look gets the series reviewed again', async () => {
    const { come, reviews } = world();
    await come(mail('#faultline recheck'));
    expect(reviews.stateOf('r')).toBe('due');
  });

  it('that cannot be obeyed is told so, and why', async () => {
    const { come, outbox } = world();
    await come(mail('#faultline approve', { from: 'boss@example.org' }));
    const [answer] = outbox.list().filter(({ key }) => key.startsWith('complaint:'));
    expect(answer!.to).toEqual(['boss@example.org']);
    expect(answer!.bytes.toString()).toContain('has to be signed');
  });

  it('that no mail library reads is told in the log, and holds up no other', async () => {
    const { reviews, correspondence } = world();
    const more = `Content-Transfer-Encoding: quoted-printable\n${'X-A: b\n'.repeat(700_000)}`;
    const bad = mail('', { more });
    const mails = [bad, mail('#faultline recheck')].map((text, at) => ({
      place: at + 7,
      raw: Buffer.from(text),
    }));
    const passed: number[] = [];
    const hearing = { next: () => mails, heard: (place: number) => passed.push(place) } as unknown as Hearing;
    const troubles: string[] = [];
    const onTrouble = (line: string) => void troubles.push(line);
    await hear({
      hearing,
      reviews,
      correspondence,
      config,
      now,
      resolver: noKeys,
      onHeard: () => {},
      onTrouble,
    });
    expect(troubles).toEqual([expect.stringMatching(/^mail 7: a mail cannot be read: \S.{1,200}$/)]);
    expect([passed, reviews.stateOf('r')]).toEqual([[7, 8], 'due']);
  });

  it.each(['mute', 'unsubscribe'])('that says %s stops what waits to be said', async (word) => {
    const { come, outbox } = world();
    await come(mail(`#faultline ${word}`));
    expect(outbox.list()).toMatchObject([{ id: 'fl.1@example.org', state: 'dropped' }]);
  });

  it('that stops what waits stops nothing that goes to somebody else', async () => {
    const { come, outbox } = world();
    await come(mail('#faultline unsubscribe', { from: 'other@x.org' }));
    expect(outbox.list()).toMatchObject([{ state: 'ready' }]);
  });

  it('of which something unforeseen comes keeps no other from being heard', async () => {
    const { come, objections, reviews } = world();
    objections.mute = () => {
      throw new TypeError('x is undefined');
    };
    await come(mail('#faultline mute'), mail('#faultline recheck'));
    expect(reviews.stateOf('r')).toBe('due');
  });

  it('waits when the disk is full', async () => {
    const { come, objections, reviews } = world();
    const mute = objections.mute.bind(objections);
    objections.mute = () => {
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    };
    await expect(come(mail('#faultline mute'), mail('#faultline recheck'))).rejects.toThrow('full');
    objections.mute = mute;
    await come();
    expect([objections.isMuted('cover@x.org'), reviews.stateOf('r')]).toEqual([true, 'due']);
  });

  it('of a robot starts no loop', async () => {
    const { come, outbox } = world();
    await come(
      mail('#faultline explain', { more: 'Auto-Submitted: auto-replied\n' }),
      mail('#faultline nonsense', { from: 'bot@example.org' }),
    );
    expect(outbox.list()).toHaveLength(1);
  });
});

describe('what mail systems write', () => {
  const report = (body: string, more = '') =>
    mail(body, { from: 'MAILER-DAEMON@x.org', parent: 'none@x', more: `Return-Path: <>\n${more}` });

  it('to others, as archives keep it, is nothing to look at, and pulls no brake', async () => {
    const { come, objections } = world();
    await come(report('Message-ID: <a@x>').replace('To: bot@example.org', 'To: somebody@x.org'));
    expect(objections.notices(5)).toEqual([]);
    await come(report('spam in our name'));
    expect(objections.notices(5)).toMatchObject([{ kind: 'stray bounce' }]);
    expect(objections.countBounces(0)).toBe(0);
  });

  it('is kept for a person and never acted upon', async () => {
    const { come, objections, outbox } = world();
    outbox.move('fl.1@example.org', 'sent', { sentAt: now });
    await come(
      mail('', {
        from: 'list-request@lists.x.org',
        parent: 'none@x',
        more: 'Reply-To: list+confsub-1a2b-bot=example.org@lists.x.org\n',
      }),
      mail('Message-ID: <fl.1@example.org>', {
        from: 'MAILER-DAEMON@x.org',
        parent: 'none@x',
        more: 'Return-Path: <>\n',
      }),
    );
    expect(
      objections
        .notices(5)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual(['bounce', 'confirmation']);
    expect(outbox.list()).toHaveLength(1);
  });

  it('pulls the brake when mail comes back, until somebody has looked', async () => {
    const { come, correspondence, outbox, reviews } = world();
    const [sent] = outbox.list();
    for (const n of [2, 3]) {
      const more = { id: `fl.${n}@example.org`, key: `k${n}`, series: `s${n}` };
      outbox.put({ ...sent!, ...more }, { state: 'ready', why: null, notBefore: now, now });
    }
    for (const { id } of outbox.list()) outbox.move(id, 'sent', { sentAt: now });
    const bounce = (id: string) => report(`It did not arrive.\n\nMessage-ID: <${id}>`);
    // One that went to three people, and those of mail that we never sent.
    for (const id of ['fl.1', 'fl.1', 'fl.2', 'fl.8', 'fl.9']) await come(bounce(`${id}@example.org`));
    expect(watch(correspondence, (ms) => reviews.endedSince(ms), now)).toBeUndefined();
    await come(bounce('fl.3@example.org'));
    expect(watch(correspondence, (ms) => reviews.endedSince(ms), now + 1)).toBe('3 of 3 mails came back');
    expect(outbox.brake()).toMatchObject({ why: '3 of 3 mails came back' });
    outbox.release(now + 2);
    expect(watch(correspondence, (ms) => reviews.endedSince(ms), now + 3)).toBeUndefined();
  });
});
