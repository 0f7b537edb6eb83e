import { describe, expect, it } from 'vitest';
import type { Message } from '../../src/mail/message.js';
import { readMessages } from '../../src/mail/read.js';
import { gatherSeries } from '../../src/series/gather.js';
import { readSubject } from '../../src/series/read-subject.js';

async function mail(subject: string, body = 'diff --git a/x b/x\n'): Promise<Message> {
  const text = `From: A Developer <dev@example.org>\nSubject: ${subject}\nMessage-ID: <${subject.replace(/\W/g, '')}@example.org>\n\n${body}`;
  const read = await readMessages(Buffer.from(text));
  if ('problem' in read) throw new Error(read.problem);
  return read.messages[0]!;
}

async function gather(...subjects: string[]) {
  return gatherSeries(await Promise.all(subjects.map((subject) => mail(subject))));
}

describe('a subject', () => {
  const cases: [string, object][] = [
    ['[PATCH] dax: lock', { title: 'dax: lock', patch: true, version: 1, number: undefined, reply: false }],
    ['[PATCH net v3 2/7] dax: lock', { title: 'dax: lock', version: 3, number: 2, total: 7, words: ['net'] }],
    ['[RFC PATCHv2 0/3] dax', { title: 'dax', version: 2, number: 0, total: 3, words: ['RFC'] }],
    ['[PATCH v2,1/2] dax', { version: 2, number: 1, total: 2 }],
    ['[linux-fsdevel] [PATCH 01/12] dax', { number: 1, total: 12, words: ['linux-fsdevel'] }],
    ['Re: AW: [PATCH] dax: lock', { title: 'dax: lock', reply: true, patch: true }],
    ['dax: array[3] is too short', { title: 'dax: array[3] is too short', patch: false }],
    [`${'['.repeat(5000)}`, { patch: false }],
  ];
  it.each(cases)('%s', (subject, expected) => {
    expect(readSubject(subject)).toMatchObject(expected);
  });
});

describe('a series', () => {
  it('is put in order, with its cover apart', async () => {
    const series = await gather('[PATCH 2/2] b', '[PATCH 0/2] cover', '[PATCH 1/2] a');
    expect(series).toMatchObject({ subject: 'cover', version: 1, status: 'complete', missing: [] });
    expect(series.patches.map((message) => message.subject)).toEqual(['[PATCH 1/2] a', '[PATCH 2/2] b']);
    expect(series.messageId).toBe('PATCH02cover@example.org');
  });

  it('says which patches are missing', async () => {
    const series = await gather('[PATCH v2 1/4] a', '[PATCH v2 3/4] c');
    expect(series).toMatchObject({
      status: 'incomplete',
      version: 2,
      missing: ['patch 2 of 4 is not in the input', 'patch 4 of 4 is not in the input'],
    });
  });

  it('is the newest version, without the answers to it', async () => {
    const series = await gather('[PATCH 1/1] a', '[PATCH v2 1/1] a', 'Re: [PATCH v2 1/1] a');
    expect(series.patches.map((message) => message.subject)).toEqual(['[PATCH v2 1/1] a']);
    expect(series.missing).toEqual(['1 mail of older versions left aside']);
  });

  it('takes the last of two mails with one number', async () => {
    const series = await gather('[PATCH 1/1] old', '[PATCH RESEND 1/1] new');
    expect(series.patches.map((message) => message.subject)).toEqual(['[PATCH RESEND 1/1] new']);
    expect(series.missing).toEqual(['patch 1 was posted more than once; the last one counts']);
  });

  it('may be one mail without any bracket, or an answer', async () => {
    expect((await gather('dax: lock')).patches).toHaveLength(1);
    expect((await gather('Re: dax: lock')).patches).toHaveLength(1);
  });

  it('does not count to a million', async () => {
    expect((await gather('[PATCH 1/9999] a')).missing.length).toBeLessThan(1001);
  });
});
