import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { describe, expect, it } from 'vitest';
import type { Outgoing } from '../../src/finding/outgoing.js';
import { classify, type Incoming, type Received } from '../../src/reply/classify.js';
import { openCorrespondence } from '../../src/reply/correspondence.js';
import { dkimOf } from '../../src/reply/dkim.js';
import { obey } from '../../src/reply/obey.js';

const own = ['bot@example.org'];
const now = 1_700_000_000_000;

function received(more: Partial<Received> = {}, headers: Record<string, string> = {}): Received {
  return {
    headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
    author: 'dev@example.org',
    neverAnswer: undefined,
    messageId: 'question@example.org',
    subject: 'Re: [PATCH] dax: x',
    body: '',
    addressees: own,
    answers: ['fl.1@example.org'],
    ...more,
  };
}

const kindOf = (mail: Received) => {
  const incoming = classify(mail, own);
  return incoming.kind === 'notice' ? incoming.notice : incoming.kind;
};

describe('a mail to the bot is', () => {
  it.each([
    [
      'a confirmation of mlmmj',
      'confirmation',
      {},
      { 'reply-to': 'nvdimm+confsub-5d1f-bot=example.org@lists.linux.dev' },
    ],
    [
      'a confirmation of Mailman 2',
      'confirmation',
      { subject: 'confirm 2c1743a391f2a6e6a7a2e7' },
      { subject: 'confirm 2c1743a391f2a6e6a7a2e7' },
    ],
    ['a confirmation of Mailman 3', 'confirmation', {}, { from: 'list-confirm+a1b2c3@lists.example.org' }],
    [
      'a confirmation of majordomo',
      'confirmation',
      { body: 'Send this:\n\n    auth 1a2b3c4d subscribe linux-x bot@example.org\n' },
      {},
    ],
    ['a probe of mlmmj', 'probe', {}, { 'return-path': '<nvdimm+bounces-probe-42@lists.linux.dev>' }],
    ['a probe of Mailman', 'probe', {}, { subject: 'x mailing list probe message' }],
    ['a digest', 'digest', {}, { 'content-type': 'multipart/digest; boundary=x' }],
    ['a digest by its subject', 'digest', {}, { subject: 'Linux-nvdimm Digest, Vol 12, Issue 3' }],
    [
      'a bounce',
      'bounce',
      {},
      { 'content-type': 'multipart/report; report-type=delivery-status; boundary=x' },
    ],
    ['a bounce of an old mailer', 'bounce', { author: 'MAILER-DAEMON@x.org' }, { 'return-path': '<>' }],
    ['a command', 'command', { body: '#faultline invalid\nthe lock is held\n' }, {}],
    ['a command of a robot', 'robot', { body: '#faultline invalid\n' }, { 'auto-submitted': 'auto-replied' }],
    [
      'an ordinary mail',
      'ordinary',
      { body: '> #faultline invalid\nno\n' },
      { subject: 'Re: digest of what I think' },
    ],
  ] as [string, string, Partial<Received>, Record<string, string>][])('%s', (_, kind, more, headers) => {
    expect(kindOf(received(more, headers))).toBe(kind);
  });

  it('a bounce of the mail that it names', () => {
    const body = 'The mail did not arrive.\n\nMessage-ID: <fl.9@example.org>\n';
    const headers = { 'content-type': 'multipart/report; report-type=delivery-status' };
    expect(classify(received({ body, answers: [] }, headers), own)).toMatchObject({
      about: 'fl.9@example.org',
    });
  });
});

const told: Outgoing = {
  id: 'fl.1@example.org',
  key: 'reply:s v1',
  series: 's v1',
  thread: 'cover@example.org',
  author: 'dev@example.org',
  lists: [],
  from: 'bot@example.org',
  to: ['dev@example.org', 'cc@example.org'],
  subject: 'Re: x',
  findings: ['f1', 'f2'],
  bytes: Buffer.from('x'),
};

function said(state: 'held' | 'ready' = 'ready') {
  const correspondence = openCorrespondence(join(mkdtempSync(join(tmpdir(), 'faultline-')), 'outbox.db'));
  correspondence.outbox.put(told, { state, why: null, notBefore: now, now });
  const standing = {
    dkim: 'pass' as const,
    maintainers: ['m@example.org'],
    moderators: ['boss@example.org'],
  };
  const ask = (body: string, more: Partial<Received> = {}, stands: Partial<typeof standing> = {}) => {
    const mail = received({ body, ...more });
    const incoming = classify(mail, own) as Extract<Incoming, { kind: 'command' }>;
    return obey(mail, incoming, { ...standing, ...stands }, correspondence, now);
  };
  return { ...correspondence, outbox: correspondence.outbox, objections: correspondence.objections, ask };
}

describe('a command', () => {
  it('disputes every finding of the mail that it answers, without an answer', () => {
    const { ask, objections } = said();
    expect(ask('#faultline invalid: the caller holds the lock\n')).toEqual({
      recheck: [],
      explain: [],
      complaints: [],
    });
    expect(objections.disputed()).toEqual(new Set(['f1', 'f2']));
    expect(objections.disputes()[0]).toMatchObject({
      kind: 'invalid',
      who: 'dev@example.org',
      reason: 'the caller holds the lock',
    });
  });

  it('that calls a finding fixed does not keep it from being told when it comes back', () => {
    const { ask, objections } = said();
    ask('#faultline fixed-by 1234567890ab\n');
    expect(objections.disputed()).toEqual(new Set());
    expect(objections.disputes()).toHaveLength(2);
  });

  it('of a stranger changes nothing, and says why', () => {
    const { ask, objections } = said();
    expect(ask('#faultline invalid\n', { author: 'stranger@example.org' }).complaints).toHaveLength(1);
    expect(ask('#faultline mute\n', {}, { dkim: 'fail' as never }).complaints).toHaveLength(1);
    expect(objections.disputed().size).toBe(0);
    expect(objections.isMuted('cover@example.org')).toBe(false);
  });

  it('mutes a thread, and ends all mail to who asks', () => {
    const { ask, objections } = said();
    ask('#faultline mute\n', { author: 'cc@example.org' });
    ask('#faultline unsubscribe\n', { author: 'Stranger@example.org', answers: [] });
    expect(objections.isMuted('cover@example.org')).toBe(true);
    expect(objections.optedOut()).toEqual(['stranger@example.org']);
  });

  it('asks for another look, or for everything that is known', () => {
    expect(said().ask('#faultline recheck\n#faultline explain\n')).toEqual({
      recheck: ['s v1'],
      explain: ['s v1'],
      complaints: [],
    });
  });

  it('that is none is answered with those that there are', () => {
    const { complaints } = said().ask('#faultline please stop\n');
    expect(complaints[0]).toMatch(/^please: there is no such command; there are invalid, expected/);
  });

  it('that answers no mail of ours is asked which one is meant', () => {
    expect(
      said().ask('#faultline invalid\n', { answers: [], author: 'm@example.org' }).complaints[0],
    ).toMatch(/answer the mail/);
  });

  it('of a moderator lets a held mail go, or drops it', () => {
    const one = said('held');
    expect(
      one.ask('#faultline approve <fl.1@example.org>\n', { author: 'boss@example.org', answers: [] })
        .complaints,
    ).toEqual([]);
    expect(one.outbox.find('fl.1@example.org')!.state).toBe('ready');
    expect(
      one.ask('#faultline drop <fl.1@example.org>\n', { author: 'boss@example.org' }).complaints,
    ).toEqual(['drop: that mail is ready']);
    const other = said('held');
    expect(other.ask('#faultline approve\n').complaints).toEqual(['approve: only a moderator may say that']);
    expect(other.outbox.find('fl.1@example.org')!.state).toBe('held');
  });
});

describe('a signature', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const resolver = (name: string) =>
    name === 'k._domainkey.example.org'
      ? Promise.resolve([[`v=DKIM1; k=rsa; p=${key}`]])
      : Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));
  const text = 'From: dev@mail.example.org\r\nTo: bot@example.org\r\nSubject: x\r\n\r\n#faultline mute\r\n';
  const signed = async () => {
    const { signatures } = await dkimSign(Buffer.from(text), {
      signatureData: [
        {
          signingDomain: 'example.org',
          selector: 'k',
          privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
        },
      ],
    } as never);
    return `${signatures}${text}`;
  };

  it('of the domain says who wrote, for addresses below it too', async () => {
    const mail = Buffer.from(await signed());
    expect(await dkimOf(mail, 'dev@mail.example.org', resolver)).toBe('pass');
    expect(await dkimOf(mail, 'dev@example.com', resolver)).toBe('none');
    expect(await dkimOf(mail, 'dev@notexample.org', resolver)).toBe('none');
  });

  it('is wrong when a signed header was changed', async () => {
    const changed = Buffer.from((await signed()).replace('Subject: x', 'Subject: y'));
    expect(await dkimOf(changed, 'dev@example.org', resolver)).toBe('fail');
  });

  it('is none when there is none, or when the text has changed, as lists change it', async () => {
    const changed = Buffer.from((await signed()).replace('mute', 'stop'));
    expect(await dkimOf(changed, 'dev@example.org', resolver)).toBe('none');
    expect(await dkimOf(Buffer.from(text), 'dev@example.org', resolver)).toBe('none');
    expect(await dkimOf(Buffer.from('\0\xff'), 'dev@example.org', resolver)).toBe('none');
  });
});
