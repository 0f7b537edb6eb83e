import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerDue } from '../../src/reply/answer-due.js';
import type { Resolver } from '../../src/reply/dkim.js';
import { digestOf } from '../../src/store/store.js';
import { message, review } from '../report/sample.js';
import { noKeys, openOffice } from './office.js';

// Mails as an attacker writes them, on the whole way from a source to the wire.

const list = 'nvdimm@lists.example.org';
const now = 1_700_000_000_000;

let office: ReturnType<typeof openOffice>;

beforeEach(() => {
  office = openOffice();
});

afterEach(() => office.close());

const bcc = '=0D=0ABcc:_victim=40example.org=0D=0A=0D=0Abody';

describe('headers of a patch', () => {
  it.each<[string, Record<string, string>]>([
    ['a subject with a line break in an encoded word', { Subject: `=?utf-8?q?[PATCH]_x${bcc}?=` }],
    ['a name with a line break in an encoded word', { From: `=?utf-8?q?A${bcc}?= <dev@example.org>` }],
    ['a name of a recipient with one', { Cc: `=?utf-8?q?A${bcc}?= <cc@example.org>` }],
    ['a bare carriage return in a subject', { Subject: '[PATCH] x\rBcc: victim@example.org' }],
    ['a bare carriage return in an address', { Cc: '<a@example.org\rBcc: victim@example.org>' }],
    ['a mail server command in a quoted address', { Cc: '"a> \rRCPT TO:<victim@example.org"@example.org' }],
    ['a break in the names of its thread', { References: '<a@example.org>\rBcc: <victim@example.org>' }],
    [
      'letters that turn the text around',
      { Subject: '[PATCH] \u202e\u2066x\u200b', From: '"\u202eA" <dev@example.org>' },
    ],
    [
      'codes that steer a terminal',
      { Subject: '[PATCH] \u001b[2J\u009b31mx\u0007', From: '"\u001b]0;x\u0007" <dev@example.org>' },
    ],
  ])('%s reach nobody who was not written to', async (_, more) => {
    const usual = {
      From: 'A Dev <dev@example.org>',
      To: list,
      Subject: message.subject,
      'Message-ID': `<${message.messageId}>`,
    };
    const heads = Object.entries({ ...usual, ...more }).map(([name, value]) => `${name}: ${value}\n`);
    const raw = Buffer.from(`${heads.join('')}\nWhy.\n`);
    await office.come(raw);
    const series = {
      id: 'r',
      messageId: message.messageId,
      version: 1,
      subject: 's',
      sender: 's',
      words: [],
    };
    office.ledger.reviews.plan({ ...series, lists: [list], arrivedMs: now }, [digestOf(raw)], []);
    office.ledger.reviews.finish('r', { outcome: 'reviewed', report: review }, now);
    const said: string[] = [];
    const { ledger, letters, config } = office;
    const onAnswer = (_: string, answer: string) => void said.push(answer);
    await answerDue({ ledger, letters, config, nowMs: now, onAnswer, onTrouble: console.error });
    expect(said).toEqual([expect.stringMatching(/^ready: /)]);
    const [sent, ...others] = await office.send();
    expect(others).toEqual([]);
    expect(
      sent!.to.every((to) => ['dev@example.org', list, 'cc@example.org', 'a@example.org'].includes(to)),
    ).toBe(true);
    const text = sent!.text.replaceAll('\r\n', '\n');
    for (const line of text.slice(0, text.indexOf('\n\n')).split('\n'))
      expect(line).toMatch(
        /^(From|To|Cc|Subject|In-Reply-To|References|Date|Message-ID|Auto-Submitted|X-Faultline-\w+|MIME-Version|Content-[\w-]+): | /,
      );
    expect(text).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]/);
  });
});

describe('a name that somebody else bears', () => {
  const command = (from: string) =>
    `${from}To: bot@example.org\nSubject: x\nMessage-ID: <c@evil.example>\nIn-Reply-To: <fl.1@example.org>\nDate: Mon, 12 Jan 2026 10:00:00 +0000\n\n#faultline approve\n`;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const keyOfEvil: Resolver = async (name) => {
    if (name !== 'k._domainkey.evil.example') return noKeys(name, 'TXT');
    return [[`v=DKIM1; k=rsa; p=${key}`]];
  };
  const signed = async (text: string) => {
    const { signatures } = await dkimSign(Buffer.from(text.replaceAll('\n', '\r\n')), {
      signatureData: [
        {
          signingDomain: 'evil.example',
          selector: 'k',
          privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
        },
      ],
    } as never);
    return signatures.replaceAll('\r\n', '\n') + text;
  };
  const evil = 'From: evil@evil.example\n';
  const boss = 'From: boss@example.org\n';

  it.each<[string, () => Promise<string> | string]>([
    ['in front of an address', () => signed(command('From: "boss@example.org" <evil@evil.example>\n'))],
    ['without a signature', () => command(boss)],
    ['under a signature of another domain', () => signed(command(boss))],
    ['in a second From above the signed one', async () => boss + (await signed(command(evil)))],
    ['in a second From below the signed one', async () => signed(command(evil + boss))],
    ['beside the own one', () => signed(command('From: boss@example.org, evil@evil.example\n'))],
    [
      'in Sender and Reply-To',
      () => signed(command(`${evil}Sender: boss@example.org\nReply-To: boss@example.org\n`)),
    ],
  ])('%s lets no mail go', async (_, write) => {
    const held = { state: 'held', why: 'waits for approval', notBefore: now, now } as const;
    const mail = {
      key: 'k',
      series: 's v1',
      thread: 't',
      author: 'dev@x.org',
      lists: [],
      from: 'bot@example.org',
    };
    const more = { to: [list], subject: 'x', findings: [], bytes: Buffer.from('x') };
    office.letters.outbox.put({ id: 'fl.1@example.org', ...mail, ...more }, held);
    await office.come(Buffer.from(await write()));
    const heard = await office.listen(keyOfEvil);
    expect(office.letters.outbox.find('fl.1@example.org')!.state).toBe('held');
    expect([...heard.values()]).toEqual([expect.stringMatching(/^approve \(dkim \w+, 1 refused\)$/)]);
    expect((await office.send()).flatMap(({ to }) => to)).not.toContain(list);
  });
});
