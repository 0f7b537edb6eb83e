import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import type { Config } from '../../src/config/config.js';
import { readConfig } from '../../src/config/read.js';
import { answer, type Reviewed } from '../../src/reply/answer.js';
import { openCorrespondence } from '../../src/reply/correspondence.js';
import { message, patch, review, reviewOf } from '../report/sample.js';

const list = 'nvdimm@lists.example.org';
const now = 1_700_000_000_000;

function configured(more: string): Config {
  const read = readConfig(
    `identity: { address: bot@example.org }\nme: me@example.org\nsources: [{ name: a, url: "mbox:/a" }]\n${more}`,
  );
  if (!('config' in read)) throw new Error(JSON.stringify(read.faults));
  return read.config;
}

function reviewed(more: Partial<Reviewed> = {}, headers: Record<string, string> = {}): Reviewed {
  const seen = new Map(Object.entries(headers).map(([name, value]) => [name, [value]]));
  return {
    review,
    messages: new Map([[message.messageId, message]]),
    answerable: new Map([
      [message.messageId, { headers: seen, author: 'Dev@example.org', neverAnswer: undefined }],
    ]),
    lists: [list],
    series: 'series v2',
    history: { told: new Map(), disputed: new Set() },
    completedAt: now,
    ...more,
  };
}

const outbox = () => openCorrespondence(join(mkdtempSync(join(tmpdir(), 'faultline-')), 'outbox.db'));

describe('a review is answered', () => {
  it('with nothing that leaves, out of the box', () => {
    const box = outbox();
    expect(answer(reviewed(), configured(''), box, now)).toMatchObject({ kind: 'held', why: 'dry run' });
    expect(box.outbox.list()).toMatchObject([{ state: 'held', to: ['me@example.org'] }]);
  });

  it('to whoever runs it without asking, to others when a person consents', () => {
    const sends = 'mail: { dryRun: false }\n';
    expect(answer(reviewed(), configured(sends), outbox(), now)).toMatchObject({ kind: 'ready', why: null });
    const loud = `${sends}lists: { ${list}: { deliver: list } }\n`;
    expect(answer(reviewed(), configured(loud), outbox(), now)).toMatchObject({
      kind: 'held',
      why: 'waits for approval',
    });
  });

  it('after the embargo, in the thread of the patch, with a date that is kept', async () => {
    const box = outbox();
    const config = configured(
      `mail: { dryRun: false, moderated: false }\nlists: { ${list}: { deliver: list, embargo: 2h } }\n`,
    );
    expect(answer(reviewed(), config, box, now)).toMatchObject({ kind: 'ready' });
    const [mail] = box.outbox.list();
    expect(mail).toMatchObject({
      notBefore: now + 2 * 3_600_000,
      thread: '20170412.0-dev@example.org',
      author: 'dev@example.org',
      to: ['dev@example.org', list, 'fsdevel@lists.example.org'],
    });
    const parsed = await simpleParser(mail!.bytes);
    expect(parsed.inReplyTo).toBe('<20170412.3-dev@example.org>');
    expect(parsed.date?.getTime()).toBe(now);
  });

  it('once, however often it is reviewed', () => {
    const box = outbox();
    const config = configured('');
    answer(reviewed(), config, box, now);
    expect(answer(reviewed(), config, box, now + 1)).toEqual({ kind: 'known', why: 'it was said already' });
    const other = reviewOf({ ...patch, findings: [{ ...patch.findings[0]!, message: 'Other words.' }] });
    expect(answer(reviewed({ review: other }), config, box, now + 1)).toMatchObject({ kind: 'known' });
    expect(box.outbox.list()).toHaveLength(1);
  });

  it('not at all when it is a robot, when an archive took the names, or when nothing was found', () => {
    const box = outbox();
    const config = configured('');
    expect(answer(reviewed({}, { 'auto-submitted': 'auto-generated' }), config, box, now).kind).toBe(
      'silent',
    );
    const mangled = { ...review, series: { ...review.series, neverAnswer: 'the archive masks addresses' } };
    expect(answer(reviewed({ review: mangled }), config, box, now)).toEqual({
      kind: 'silent',
      why: 'the archive masks addresses',
    });
    const clean = reviewOf({ ...patch, findings: [] });
    expect(answer(reviewed({ review: clean }), config, box, now).kind).toBe('silent');
    expect(box.outbox.list()).toEqual([]);
  });

  it('not to an author who wants no mail, though whoever runs it still sees it', () => {
    const never = 'authors: { never: [dev@example.org] }\n';
    expect(answer(reviewed(), configured(never), outbox(), now).kind).toBe('held');
    const loud = `${never}lists: { ${list}: { deliver: author } }\n`;
    expect(answer(reviewed(), configured(loud), outbox(), now)).toEqual({
      kind: 'silent',
      why: 'dev@example.org asked for no mail',
    });
  });

  it('not to those who were copied and want no mail', () => {
    const box = outbox();
    const config = configured(
      `authors: { never: [fsdevel@lists.example.org] }\nlists: { ${list}: { deliver: list } }\n`,
    );
    const history = { told: new Map(), disputed: new Set<string>(), left: new Set([list]) };
    answer(reviewed({ history }), config, box, now);
    const [mail] = box.outbox.list();
    expect(mail!.to).toEqual(['dev@example.org']);
    expect(mail!.bytes.toString()).not.toContain('lists.example.org>');
  });

  it('in private to a known author who mailed the bot alone, good news too', () => {
    const direct = 'mail: { dryRun: false }\nauthors: { direct: [dev@example.org] }\n';
    const box = outbox();
    expect(answer(reviewed({ lists: [] }), configured(direct), box, now)).toMatchObject({ kind: 'ready' });
    expect(box.outbox.list()[0]).toMatchObject({ to: ['dev@example.org'], notBefore: now });
    const clean = reviewOf({ ...patch, findings: [], notAnalysed: [] });
    expect(answer(reviewed({ lists: [], review: clean }), configured(direct), outbox(), now).kind).toBe(
      'ready',
    );
  });

  it('of an unknown author who mailed the bot alone to whoever runs it', () => {
    const box = outbox();
    answer(reviewed({ lists: [] }), configured('otherwise: { deliver: list }\n'), box, now);
    expect(box.outbox.list()[0]!.to).toEqual(['me@example.org']);
  });

  it('as privately as the most private list of a cross-post wants', () => {
    const box = outbox();
    const config = configured(`lists: { ${list}: { deliver: list } }\n`);
    answer(reviewed({ lists: [list, 'secret@lists.example.org'] }), config, box, now);
    expect(box.outbox.list()[0]!.to).toEqual(['me@example.org']);
  });
});
