import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patch, reviewOf } from '../report/sample.js';
import { openStage, type Stage, token } from './stage.js';

const list = 'nvdimm@lists.linux.dev';

describe('to who did not sign in, the pages', () => {
  let stage: Stage;
  let cookie: string;

  beforeAll(async () => {
    stage = await openStage();
    const plan = (id: string, version: number, lists: string[], older: string[] = []) => {
      const series = {
        id,
        messageId: `${id}@example.org`,
        version,
        subject: `dax: ${id}`,
        sender: 'a@x.org',
      };
      stage.ledger.reviews.plan({ ...series, lists, words: [], arrivedMs: Date.now() }, [], older);
    };
    plan('alone', 1, []);
    plan('listed', 2, [list], ['alone']);
    plan('refused', 1, []);
    stage.ledger.reviews.finish('refused', { outcome: 'refused', why: 'it does not apply' }, Date.now());
    const body = new URLSearchParams({ token });
    const answer = await fetch(`${stage.url}/login`, { method: 'POST', body, redirect: 'manual' });
    cookie = answer.headers.getSetCookie()[0]!.split(';')[0]!;
  });
  afterAll(() => stage.close());

  const page = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(stage.url + path, { headers })).text();
  const counts = (text: string) =>
    [...text.matchAll(/>([\w ]+) <span class="count">(\d+)</g)].map(([, name, count]) => `${name} ${count}`);

  it('count what they show', async () => {
    expect(counts(await page('/'))).toEqual(['all 1', 'waiting 1']);
    expect(counts(await page('/', { cookie }))).toEqual(['all 3', expect.stringMatching(/ 1$/), 'waiting 2']);
  });

  it('name no version that they do not show', async () => {
    expect(await page('/series/listed')).not.toContain('/series/alone');
    expect(await page('/series/listed', { cookie })).toContain('/series/alone');
  });

  it('tell of patches that are on another page, and lead there', async () => {
    const report = reviewOf(
      ...Array.from({ length: 301 }, (_, at) => ({ ...patch, subject: `part ${at + 1}.` })),
    );
    const series = {
      id: 'long',
      messageId: 'long@example.org',
      version: 1,
      subject: 'long',
      sender: 'a@x.org',
    };
    stage.ledger.reviews.plan({ ...series, lists: [list], words: [], arrivedMs: Date.now() }, [], []);
    stage.ledger.reviews.finish('long', { outcome: 'reviewed', report }, Date.now());
    const first = await page('/series/long', { cookie });
    expect(first).toContain('Patches 1 to 300 of 301.');
    expect(first).not.toContain('part 301.');
    const [, address] = /href="(\/series\/long\?from=\d+)"/.exec(first)!;
    const second = await page(address!, { cookie });
    expect(second).toContain('part 301.');
    expect(second).not.toContain('part 300.');
    expect(second).toContain('/series/long/301/');
    expect(await page('/series/long?from=999999', { cookie })).toContain('Patches 301 to 301 of 301.');
  });
});
