import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readParts } from '../../src/mail/parse-mail.js';
import { readHeaders } from '../../src/mail/read-headers.js';
import { readPlain } from '../../src/mail/read-plain.js';

function mail(headers: Record<string, string>, body: Buffer | string): Buffer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);
  return Buffer.concat([Buffer.from(`${lines.join('')}\n`), Buffer.from(body)]);
}

const usual = {
  From: 'A Developer <dev@example.org>',
  Subject: '[PATCH] dax: a change',
  'Content-Type': 'text/plain; charset=utf-8',
};

/** Pieces that mails are made of, and some that break them. */
const word = fc.constantFrom(
  'dax',
  '=?utf-8?q?x?=',
  '=3D',
  'From ',
  '--',
  '\t',
  '  ',
  '\u00fc',
  '\u4e2d',
  '.',
  '<x@y>',
  ';',
  '"',
  '\\',
  ',',
  '\r',
  '\x00',
  '=',
  '\u200b',
);
const line = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
const text = fc.array(line, { maxLength: 8 }).map((lines) => `${lines.join('\n')}\n`);
const header = line.map((value) => value.replace(/[\r\n\0]/g, ''));

const type = fc.constantFrom(
  'text/plain',
  'text/plain; charset=utf-8',
  'text/plain; charset="US-ASCII"',
  'text/plain; charset=iso-8859-1',
  'text/plain; charset=utf-8; format=flowed',
  'text/html',
  'multipart/mixed; boundary=x',
  '',
);
const encoding = fc.constantFrom('7bit', '8bit', 'quoted-printable', 'base64', 'BASE64', 'x-unknown', '');
const from = fc.oneof(
  fc.constantFrom(
    'dev@example.org',
    'A B <a@b.c>',
    '"B, A" <a@b.c>',
    '"A  B " <a@b.c>',
    '<a@b.c>',
    'a@b.c (A B)',
    'A. B <a@b.c>, c@d.e',
  ),
  header,
);

function inBase64(body: string, width: number): string {
  const text = Buffer.from(body).toString('base64');
  return text.replace(new RegExp(`.{1,${width}}`, 'g'), '$&\n');
}

describe('a mail that is read without a mail library', () => {
  it('reads as the mail library reads it, whatever it holds', async () => {
    let plain = 0;
    const property = fc.asyncProperty(
      type,
      encoding,
      from,
      header,
      text,
      fc.constantFrom(0, 5, 76),
      async (type, encoding, from, subject, body, width) => {
        const raw = mail(
          { From: from, Subject: subject, 'Content-Type': type, 'Content-Transfer-Encoding': encoding },
          width > 0 ? inBase64(body, width) : body,
        );
        const headers = readHeaders(raw);
        const read = readPlain(raw, headers);
        if (read === undefined) return;
        plain++;
        expect(read).toEqual(await readParts(raw, headers));
      },
    );
    await fc.assert(property, { numRuns: 6000, seed: 7 });
    expect(plain).toBeGreaterThan(100);
  });

  it.each([
    ['parts', { ...usual, 'Content-Type': 'multipart/mixed; boundary=x' }, '--x\n\ntext\n--x--\n'],
    ['another charset', { ...usual, 'Content-Type': 'text/plain; charset=iso-8859-1' }, 'text\n'],
    [
      'flowed lines',
      { ...usual, 'Content-Type': 'text/plain; charset=utf-8; format=flowed' },
      'text \nmore\n',
    ],
    ['quoted-printable', { ...usual, 'Content-Transfer-Encoding': 'quoted-printable' }, 'a =3D b\n'],
    ['an encoded subject', { ...usual, Subject: '=?utf-8?q?x?=' }, 'text\n'],
    ['a list of senders', { ...usual, From: 'a@b.c, d@e.f' }, 'text\n'],
    ['bytes that are no UTF-8', usual, Buffer.from([0x61, 0xfc, 0x0a])],
    ['carriage returns', usual, 'text\r\n'],
    ['broken base64', { ...usual, 'Content-Transfer-Encoding': 'base64' }, 'a*b\n'],
    ['an attachment', { ...usual, 'Content-Disposition': 'attachment' }, 'text\n'],
  ])('has no %s', (_, headers, body) => {
    const raw = mail(headers, body);
    expect(readPlain(raw, readHeaders(raw))).toBeUndefined();
  });

  it('has no base64 that only looks like it for very many lines', () => {
    // A pattern that goes back over them does not come to an end.
    const raw = mail({ ...usual, 'Content-Transfer-Encoding': 'base64' }, `dGV4${'\n'.repeat(600_000)}a*b\n`);
    expect(readPlain(raw, readHeaders(raw))).toBeUndefined();
  });

  it('is one text that says so, or says nothing', () => {
    for (const headers of [
      usual,
      { From: usual.From, Subject: usual.Subject },
      { ...usual, 'Content-Transfer-Encoding': '8bit' },
    ]) {
      const raw = mail(headers, 'caf\u00e9\n');
      expect(readPlain(raw, readHeaders(raw))).toMatchObject({ subject: usual.Subject, body: 'caf\u00e9\n' });
    }
  });
});
