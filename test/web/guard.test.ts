import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStage, type Stage, token } from './stage.js';

describe('deciding about a mail', () => {
  let stage: Stage;
  const id = 'fl.a@example.org';
  const path = `/outbox/${encodeURIComponent(id)}`;

  beforeAll(async () => {
    stage = await openStage();
    stage.letters.outbox.put(
      {
        ...{
          id,
          key: 'k',
          series: 's',
          thread: 't',
          author: 'a@example.org',
          lists: [],
          from: 'b@example.org',
        },
        ...{
          to: ['a@example.org'],
          subject: 'Re: x',
          findings: [],
          bytes: Buffer.from('Subject: Re: x\n\nbody\n'),
        },
      },
      { state: 'held', why: 'dry run', notBefore: 0, now: Date.now() },
    );
  });

  afterAll(() => stage.close());

  const stateNow = () => stage.letters.outbox.find(id)!.state;
  const post = (to: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
    fetch(stage.url + to, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers,
      redirect: 'manual',
    });
  const cookiesOf = (response: Response) =>
    response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  const signIn = async () => cookiesOf(await post('/login', { token }));
  /** The page of the mail: its cookies and the word in its forms. */
  const pageOf = async (session: string) => {
    const response = await fetch(stage.url + path, { headers: { cookie: session } });
    const word = /name="_csrf" value="([^"]+)"/.exec(await response.text())![1]!;
    return { word, cookie: `${session}; ${cookiesOf(response)}` };
  };

  it('needs the token', async () => {
    expect((await post('/login', { token: 'a guess' })).headers.getSetCookie()).toEqual([]);
    expect((await fetch(stage.url + path, { redirect: 'manual' })).status).toBe(303);
    expect((await post(`${path}/approve`, {})).status).toBe(303);
    const forged = `faultline=${encodeURIComponent(`${Date.now() + 1e9}.00.signature`)}`;
    expect((await post(`${path}/approve`, {}, { cookie: forged })).status).toBe(303);
    expect(stateNow()).toBe('held');
  });

  it('needs the word that only the page of the mail was given', async () => {
    const session = await signIn();
    expect((await post(`${path}/approve`, {}, { cookie: session })).status).toBe(403);
    const { cookie } = await pageOf(session);
    expect((await post(`${path}/approve`, { _csrf: 'another' }, { cookie })).status).toBe(403);
    const other = await pageOf(await signIn());
    expect((await post(`${path}/approve`, { _csrf: other.word }, { cookie })).status).toBe(403);
    expect(stateNow()).toBe('held');
  });

  it('is not done for another site, whatever it brings along', async () => {
    const { word, cookie } = await pageOf(await signIn());
    for (const site of ['cross-site', 'same-site', 'none']) {
      const headers = { cookie, 'sec-fetch-site': site };
      expect((await post(`${path}/approve`, { _csrf: word }, headers)).status).toBe(403);
    }
    expect(stateNow()).toBe('held');
  });

  it('is done once', async () => {
    const { word, cookie } = await pageOf(await signIn());
    expect((await post(`${path}/approve`, { _csrf: word }, { cookie })).status).toBe(303);
    expect(stateNow()).toBe('ready');
    expect((await post(`${path}/approve`, { _csrf: word }, { cookie })).status).toBe(409);
  });

  it('is not asked of who only reads; private series, and those under embargo, are not shown to them', async () => {
    const series = { version: 1, sender: 'a@example.org', words: [], messageId: 'm@example.org' };
    const nowMs = Date.now();
    const plan = (name: string, lists: string[], arrivedMs: number) =>
      stage.ledger.reviews.plan({ ...series, id: name, subject: `dax: ${name}`, lists, arrivedMs }, [], []);
    plan('open', ['nvdimm@lists.linux.dev'], nowMs);
    plan('private', [], nowMs);
    // As if it came an hour after now: its embargo of no time is not over.
    plan('embargoed', ['nvdimm@lists.linux.dev'], nowMs + 3_600_000);
    const cookie = await signIn();
    for (const where of ['/', '/?q=dax', '/?stand=waiting']) {
      const seen = async (headers: Record<string, string>) =>
        [
          ...(await (await fetch(stage.url + where, { headers })).text()).matchAll(/href="\/series\/(\w+)"/g),
        ].map(([, name]) => name);
      expect(await seen({})).toEqual(['open']);
      expect(await seen({ cookie })).toEqual(['embargoed', 'private', 'open']);
    }
    for (const name of ['private', 'embargoed']) {
      expect((await fetch(`${stage.url}/series/${name}`)).status).toBe(404);
      expect((await fetch(`${stage.url}/series/${name}`, { headers: { cookie } })).status).toBe(200);
    }
  });

  it('leads nowhere else after the token was shown', async () => {
    for (const next of ['https://example.org/', '//example.org', '/\\example.org', 'javascript:alert(1)']) {
      const response = await post('/login', { token, next });
      expect(response.headers.get('location')).toBe('/outbox');
    }
  });

  it('is guessed at ten times a minute at most', async () => {
    const fresh = await openStage();
    try {
      const guess = async (text: string) => {
        const body = new URLSearchParams({ token: text });
        return (await fetch(`${fresh.url}/login`, { method: 'POST', body, redirect: 'manual' })).status;
      };
      const codes = [];
      for (let n = 0; n < 12; n++) codes.push(await guess(`guess ${n}`));
      expect(codes.map((code) => code === 429)).toEqual([...Array(10).fill(false), true, true]);
      expect(await guess(token)).toBe(429);
    } finally {
      await fresh.close();
    }
  });

  it('keeps its cookies from scripts, other sites and caches', async () => {
    const other = await openStage();
    const response = await fetch(`${other.url}/login`, {
      ...{ method: 'POST', body: new URLSearchParams({ token }), redirect: 'manual' },
    });
    expect(response.headers.getSetCookie()[0]).toMatch(/HttpOnly.*SameSite=Strict/i);
    const page = await fetch(`${other.url}/`);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(await page.text()).not.toMatch(/<style|<script(?! src=)| style="| on\w+="/);
    await other.close();
  });
});
