import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dkimSign } from 'mailauth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.js';
import { readConfig } from '../../src/config/read.js';
import { isProblem } from '../../src/finding/problem.js';
import { ingest } from '../../src/intake/ingest.js';
import { Conveyor } from '../../src/job/conveyor.js';
import { type ReviewJob, unpackMbox } from '../../src/job/payload.js';
import { whyUnanswerable } from '../../src/policy/unanswerable.js';
import { answerDue } from '../../src/reply/answer-due.js';
import { type Correspondence, openCorrespondence } from '../../src/reply/correspondence.js';
import type { Resolver } from '../../src/reply/dkim.js';
import { hear } from '../../src/reply/hear.js';
import { readMails } from '../../src/reply/read-mails.js';
import { sendNext } from '../../src/reply/send.js';
import { openTransport } from '../../src/reply/transport.js';
import { review as reviewMail } from '../../src/review.js';
import { type Ledger, openLedger } from '../../src/store/ledger.js';
import { digestOf } from '../../src/store/store.js';
import { MemoryQueue } from '../job/memory-queue.js';
import { Box } from '../job/posts.js';
import { message, review } from '../report/sample.js';
import { mailServer } from './mail-server.js';

// Mails as an attacker writes them, on the whole way from a source to the wire.

const list = 'nvdimm@lists.example.org';
const noKeys: Resolver = () => Promise.reject(Object.assign(new Error('none'), { code: 'ENOTFOUND' }));

let folder: string;
let ledger: Ledger;
let letters: Correspondence;
let config: Config;
let now: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'faultline-hostile-'));
  ledger = openLedger(join(folder, 'mail.db'));
  letters = openCorrespondence(join(folder, 'outbox.db'));
  now = 1_700_000_000_000;
  const read = readConfig(
    'identity: { address: bot@example.org }\nsources: [{ name: box, url: "maildir:/x" }]\n' +
      'otherwise: { deliver: list, embargo: 0s }\nmail: { dryRun: false, moderated: false, moderators: [boss@example.org] }\n',
  );
  if (!('config' in read)) throw new Error('bad configuration');
  config = read.config;
});

afterEach(() => {
  ledger.close();
  letters.close();
  rmSync(folder, { recursive: true });
});

async function come(...mails: Buffer[]): Promise<void> {
  const box = new Box();
  box.waiting = mails;
  await ingest(box, ledger.store);
}

/** Sends all that is due to a real mail server; answers what arrived there. */
async function send() {
  const server = await mailServer();
  const transport = await openTransport({ url: server.url });
  const sending = { outbox: letters.outbox, transport, capsOf: () => config.otherwise.caps, now: () => now };
  while ((await sendNext(sending)) === 'sent');
  transport.close();
  await server.close();
  return server.taken;
}

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
    await come(raw);
    const series = {
      id: 'r',
      messageId: message.messageId,
      version: 1,
      subject: 's',
      sender: 's',
      words: [],
    };
    ledger.reviews.plan({ ...series, lists: [list], arrivedMs: now }, [digestOf(raw)], []);
    ledger.reviews.finish('r', { outcome: 'reviewed', report: review }, now);
    const said: string[] = [];
    await answerDue(ledger, letters, config, now, (_id, answer) => said.push(answer));
    expect(said).toEqual([expect.stringMatching(/^ready: /)]);
    const [sent, ...others] = await send();
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
    letters.outbox.put({ id: 'fl.1@example.org', ...mail, ...more }, held);
    await come(Buffer.from(await write()));
    const heard: string[] = [];
    const onHeard = (_id: string, what: string) => void heard.push(what);
    await hear({ ...ledger, correspondence: letters, config, now, resolver: keyOfEvil, onHeard });
    expect(letters.outbox.find('fl.1@example.org')!.state).toBe('held');
    expect(heard).toEqual([expect.stringMatching(/^approve \(dkim \w+, 1 refused\)$/)]);
    expect((await send()).flatMap(({ to }) => to)).not.toContain(list);
  });
});

describe('a mail that is too much', () => {
  const head = `From: dev@example.org\nTo: ${list}\nSubject: [PATCH] x\nMessage-ID: <big@example.org>\nDate: Mon, 12 Jan 2026 10:00:00 +0000\n`;
  const five = 5_000_000;
  const diff = (line: string) =>
    `diff --git a/fs/dax.c b/fs/dax.c\n--- a/fs/dax.c\n+++ b/fs/dax.c\n@@ -1,1 +1,2 @@\n old\n+${line}\n`;
  const bomb = gzipSync(Buffer.alloc(300_000_000, diff('x'))).toString('base64');
  const part = (type: string, more: string, body: string) =>
    `--b\nContent-Type: ${type}\n${more}Content-Transfer-Encoding: base64\n\n${body}\n`;
  const attached = (type: string, more = '') =>
    `${head}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n${part(type, more, bomb)}--b--\n`;
  const nested = (depth: number) =>
    Array.from(
      { length: depth },
      (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\n\n--b${at}\n`,
    ).join('');

  /** Takes a mail in as far as a worker; what the worker said of it is recorded, too. */
  async function work(raw: Buffer): Promise<object[]> {
    await come(raw);
    const queue = new MemoryQueue();
    const told: object[] = [];
    const tell = (event: string, names: object) => void told.push({ event, ...names });
    const belt = new Conveyor({
      ...ledger,
      queue,
      config: () => config,
      now: () => now,
      tell,
      onNewer: () => {},
    });
    await belt.turn();
    now += 4000;
    while (await belt.turn());
    for (const [id, job] of queue.jobs) {
      const options = { trees: [], races: [], full: false, config: new Map() };
      const answer = await reviewMail(unpackMbox(job as ReviewJob), options);
      const result = isProblem(answer)
        ? { outcome: 'refused', why: answer.problem }
        : { outcome: 'reviewed', report: answer };
      queue.finish(id, { outcome: 'done', result });
    }
    await belt.turn();
    return told;
  }

  /** Whatever it was, nothing is left to do, and nothing leaves. */
  async function expectSilence(): Promise<void> {
    expect(ledger.reviews.backlog()).toMatchObject({ due: 0, queued: 0, oldestMs: undefined });
    await answerDue(ledger, letters, config, now, () => {});
    await hear({ ...ledger, correspondence: letters, config, now, resolver: noKeys, onHeard: () => {} });
    expect(await send()).toEqual([]);
  }

  it.each<[string, RegExp, () => string]>([
    ['a line of 5 MB', /has 5000001 characters/, () => `${head}\n${diff('x'.repeat(five))}`],
    [
      '5 MB of lines that no hunk announces',
      /goes on behind/,
      () => `${head}\n${diff('x')}${'+x;\n'.repeat(five / 4)}`,
    ],
    ['5 MB of files', /more than 5000 files/, () => `${head}\n${diff('x').repeat(five / diff('x').length)}`],
  ])(
    '%s is refused, and the log says why',
    async (_, why, write) => {
      const told = await work(Buffer.from(write()));
      expect(told.at(-1)).toMatchObject({
        event: 'recorded',
        outcome: 'refused',
        why: expect.stringMatching(why),
      });
      await expectSilence();
    },
    60_000,
  );

  it.each<[string, () => string]>([
    ['a header of 5 MB', () => `X-Filler: ${'x'.repeat(five)}\n${head}\n${diff('x')}`],
    [
      '5 MB of recipients',
      () => `${head}Cc: ${'a@example.org, '.repeat(five / 15)}b@example.org\n\nnothing\n`,
    ],
    [
      '5 MB of threads',
      () => `${head}References: ${'<a@example.org>\n '.repeat(five / 17)}<b@example.org>\n\nnothing\n`,
    ],
    ['parts in parts in parts', () => `${head}MIME-Version: 1.0\n${nested(5000)}\nx\n`],
    ['a gzip bomb as an attachment', () => attached('application/gzip')],
    ['a gzip bomb that calls itself a patch', () => attached('text/x-patch')],
    ['a gzip bomb that says how it is packed', () => attached('text/x-patch', 'Content-Encoding: gzip\n')],
    [
      'a mail that is a gzip bomb',
      () =>
        `${head}Content-Type: text/plain\nContent-Encoding: gzip\nContent-Transfer-Encoding: base64\n\n${bomb}\n`,
    ],
  ])(
    '%s is kept, and no patch is seen in it',
    async (_, write) => {
      const raw = Buffer.from(write());
      const before = process.memoryUsage().rss;
      expect(await work(raw)).toEqual([]);
      // A bomb that went off would be here.
      expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(250);
      expect(ledger.store.tally()).toMatchObject({ messages: 1, patches: 0 });
      await expectSilence();
    },
    60_000,
  );

  it('5 MB of headers are not all read, so that nobody knows who may be answered, and nobody is', async () => {
    const raw = Buffer.from(
      `${head}${'X-A: b\n'.repeat(five / 7)}Auto-Submitted: auto-generated\n\n${diff('x')}`,
    );
    expect((await work(raw)).at(-1)).toMatchObject({ event: 'recorded', outcome: 'reviewed' });
    const { answerable } = await readMails([raw]);
    expect(whyUnanswerable(answerable.get('big@example.org')!, { own: [], optedOut: [] })).toMatch(
      /262144 bytes/,
    );
    await expectSilence();
  }, 60_000);

  it('a mail that mail libraries refuse keeps nobody else from being heard', async () => {
    const to =
      'From: dev@example.org\nTo: bot@example.org\nSubject: x\nDate: Mon, 12 Jan 2026 10:00:00 +0000\n';
    const mails = [`Message-ID: <a@x.org>\n${'X-A: b\n'.repeat(five / 7)}`, 'Message-ID: <b@x.org>\n'];
    await come(...mails.map((more) => Buffer.from(`${to}${more}\n#faultline unsubscribe\n`)));
    const heard: string[] = [];
    const onHeard = (id: string) => void heard.push(id);
    await hear({ ...ledger, correspondence: letters, config, now, resolver: noKeys, onHeard });
    expect(heard).toContain('b@x.org');
  }, 60_000);
});
