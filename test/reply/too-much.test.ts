import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { whyUnanswerable } from '../../src/policy/unanswerable.js';
import { answerDue } from '../../src/reply/answer-due.js';
import { readMails } from '../../src/reply/read-mails.js';
import { runAlone } from '../faultline.js';
import { openOffice } from './office.js';
import { work } from './work.js';

const list = 'nvdimm@lists.example.org';
const takeAlone = new URL('./take-alone.ts', import.meta.url);

let office: ReturnType<typeof openOffice>;

beforeEach(() => {
  office = openOffice();
});

afterEach(() => office.close());

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

  /** Whatever it was, nothing is left to do, and nothing leaves. */
  async function expectSilence(): Promise<void> {
    expect(office.ledger.reviews.backlog()).toMatchObject({ due: 0, queued: 0, oldestMs: undefined });
    const { ledger, letters, config, clock } = office;
    const told = { onAnswer: () => {}, onTrouble: console.error };
    await answerDue({ ledger, letters, config, nowMs: clock.now, ...told });
    await office.listen();
    expect(await office.send()).toEqual([]);
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
      const told = await work(office, Buffer.from(write()));
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
      const file = join(office.folder, 'mail');
      writeFileSync(file, raw);
      const alone = (await runAlone(takeAlone, file)) as { grownMb: number };
      expect(alone).toMatchObject({ told: [], messages: 1, patches: 0 });
      // A bomb that went off would be here.
      expect(alone.grownMb).toBeLessThan(250);
      await work(office, raw);
      await expectSilence();
    },
    60_000,
  );

  it('5 MB of headers are not all read, so that nobody knows who may be answered, and nobody is', async () => {
    const raw = Buffer.from(
      `${head}${'X-A: b\n'.repeat(five / 7)}Auto-Submitted: auto-generated\n\n${diff('x')}`,
    );
    expect((await work(office, raw)).at(-1)).toMatchObject({ event: 'recorded', outcome: 'reviewed' });
    const { answerable } = await readMails([raw], console.error);
    expect(whyUnanswerable(answerable.get('big@example.org')!, { own: [], optedOut: [] })).toMatch(
      /262144 bytes/,
    );
    await expectSilence();
  });

  it('a mail that mail libraries refuse keeps nobody else from being heard', async () => {
    const to =
      'From: dev@example.org\nTo: bot@example.org\nSubject: x\nDate: Mon, 12 Jan 2026 10:00:00 +0000\n';
    const mails = [`Message-ID: <a@x.org>\n${'X-A: b\n'.repeat(five / 7)}`, 'Message-ID: <b@x.org>\n'];
    await office.come(...mails.map((more) => Buffer.from(`${to}${more}\n#faultline unsubscribe\n`)));
    expect([...(await office.listen()).keys()]).toContain('b@x.org');
  });
});
