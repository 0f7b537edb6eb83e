import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { type FastifyInstance, fastify } from 'fastify';
import Parser from 'rss-parser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.js';
import type { Outcome } from '../../src/finding/outcome.js';
import { openPublicRecord } from '../../src/reply/public-record.js';
import { type Ledger, openLedger } from '../../src/store/ledger.js';
import { addApi } from '../../src/web/api.js';
import { finding, patch, review, reviewOf } from '../report/sample.js';

const found: Outcome = { outcome: 'reviewed', report: review };
const nvdimm = 'nvdimm@lists.example.org';
const hostile = '<script>alert(1)</script> ]]> &amp; \u0000\u001b[31m\u202e "x"';

describe('what programs read', () => {
  let folder: string;
  let ledger: Ledger;
  let server: FastifyInstance;
  let now: number;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-api-'));
    ledger = openLedger(join(folder, 'mail.db'));
    now = Date.parse('2026-03-01T00:00:00Z');
    const read = readConfig(
      `identity: { address: bot@example.org }\nsources: [{ name: box, url: "maildir:/x" }]\nlists: { ${nvdimm}: { embargo: 1h } }\n` +
        'github: { token: { env: X }, repositories: [{ name: o/r, publish: true }, { name: o/silent }] }\n',
    );
    if (!('config' in read)) throw new Error(JSON.stringify(read.faults));
    server = fastify();
    const record = openPublicRecord(
      ledger,
      () => read.config,
      () => now,
    );
    await addApi(server, { record, version: '1', url: 'https://faultline.example.org/' });
  });
  afterEach(async () => {
    await server.close();
    ledger.close();
    rmSync(folder, { recursive: true });
  });

  const plan = (id: string, lists: string[], outcome?: Outcome, subject = `dax: ${id}`) => {
    const series = { id, messageId: `${id}@example.org`, version: 1, subject, sender: 'A <a@example.org>' };
    ledger.reviews.plan({ ...series, lists, words: [], arrivedMs: now - 7_200_000 }, [], []);
    if (outcome !== undefined) ledger.reviews.finish(id, outcome, now - 3_600_000);
  };
  const get = async (url: string) => {
    const { statusCode, body, headers } = await server.inject(url);
    return { code: statusCode, body, type: headers['content-type'], data: () => JSON.parse(body) };
  };
  const ids = async (url: string) => {
    const { items } = (await get(url)).data() as { items: { id?: string; series?: { id: string } }[] };
    return items.map((each) => each.id ?? each.series?.id);
  };

  it('is described by a document that is OpenAPI 3.1', async () => {
    const { data } = await get('/api/openapi.json');
    const result = await new Validator().validate(data());
    expect(result).toMatchObject({ valid: true });
    const broken = await new Validator().validate({ ...data(), paths: { '/x': { get: { responses: 7 } } } });
    expect(broken.valid).toBe(false);
  });

  it('answers every route as the document says', async () => {
    plan('whole', [nvdimm], found);
    plan('refused', [nvdimm], { outcome: 'refused', why: 'it does not apply' });
    plan('late', [nvdimm], { outcome: 'not-analysed', limit: 'time', why: 'more than 600 s' });
    plan('waiting', [nvdimm]);
    const document = (await get('/api/openapi.json')).data();
    const ajv = new Ajv2020.default({ strict: false });
    addFormats.default(ajv);
    ajv.addSchema(document, 'api');
    const asked: [string, string, number][] = [
      ['/api/series', '/api/series', 200],
      ['/api/series?stand=nothing', '/api/series', 400],
      ['/api/series/whole', '/api/series/{id}', 200],
      ['/api/series/nobody', '/api/series/{id}', 404],
      ['/api/series/whole/result', '/api/series/{id}/result', 200],
      ['/api/series/refused/result', '/api/series/{id}/result', 200],
      ['/api/series/late/result', '/api/series/{id}/result', 200],
      ['/api/series/waiting/result', '/api/series/{id}/result', 404],
      ['/api/findings', '/api/findings', 200],
      ['/api/findings?limit=x', '/api/findings', 400],
    ];
    for (const [url, path, code] of asked) {
      const answer = await get(url);
      expect([url, answer.code]).toEqual([url, code]);
      const name = document.paths[path].get.responses[code].content['application/json'].schema.$ref;
      const accepts = ajv.getSchema(`api${name}`)!;
      expect([url, accepts(answer.data()) ? null : accepts.errors]).toEqual([url, null]);
    }
    expect(ajv.getSchema('api#/components/schemas/Series')!({ id: 7 })).toBe(false);
  });

  it('holds nothing that came in private, and nothing before its embargo is over', async () => {
    plan('private', [], found);
    now += 6_600_000;
    plan('fresh', [nvdimm], found);
    now -= 6_600_000;
    plan('open', [nvdimm], found);
    expect(await ids('/api/series')).toEqual(['open']);
    expect(await ids('/api/findings')).toEqual(['open']);
    for (const id of ['private', 'fresh'])
      for (const path of ['', '/result']) expect((await get(`/api/series/${id}${path}`)).code).toBe(404);
    expect((await get('/findings.atom')).body).not.toMatch(/private|fresh/);
    now += 6_600_000;
    expect(await ids('/api/series')).toEqual(['open', 'fresh']);
  });

  it('names the pull request that a series was made from, where anything is said in it', async () => {
    ledger.proposals.pose('pull-1', { repo: 'o/r', name: 'pull/7' }, 'a'.repeat(40));
    plan('pull-1', [], found);
    expect((await get('/api/series/pull-1')).data()).toMatchObject({
      pullRequest: 'https://github.com/o/r/pull/7',
    });
    ledger.proposals.pose('pull-2', { repo: 'o/silent', name: 'pull/8' }, 'b'.repeat(40));
    plan('pull-2', [nvdimm], found);
    expect(await ids('/api/series')).toEqual(['pull-1']);
  });

  it('comes in pages that miss nothing and repeat nothing', async () => {
    for (let n = 0; n < 7; n++) plan(`s${n}`, n % 2 === 0 ? [nvdimm] : ['other@example.org'], found);
    const seen: (string | undefined)[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const url: string = `/api/findings?limit=2${next === '' ? '' : `&before=${next}`}`;
      seen.push(...(await ids(url)));
      next = (await get(url)).data().next;
    }
    expect(seen).toEqual(['s6', 's5', 's4', 's3', 's2', 's1', 's0']);
    expect(await ids(`/api/series?list=${encodeURIComponent(nvdimm)}`)).toEqual(['s6', 's4', 's2', 's0']);
    expect(await ids('/api/findings?rule=lost-wakeup')).toEqual([]);
    expect(await ids('/api/series?stand=clear')).toEqual([]);
  });

  it('is a feed that a reader reads, whatever a patch says of itself', async () => {
    const evil = { ...finding, title: hostile, message: hostile };
    plan(
      'evil',
      [nvdimm],
      { outcome: 'reviewed', report: reviewOf({ ...patch, findings: [evil] }) },
      hostile,
    );
    plan('plain', [nvdimm], found);
    const { body, type } = await get('/findings.atom?rule=unlocked-entry-path');
    expect(type).toBe('application/atom+xml; charset=utf-8');
    const feed = await new Parser().parseString(body);
    expect(feed.items).toHaveLength(2);
    expect(feed.items[0]).toMatchObject({
      id: 'urn:faultline:finding:plain:f3a91c',
      link: 'https://faultline.example.org/series/plain',
      isoDate: '2026-02-28T23:00:00.000Z',
    });
    expect(feed.items[0]!.content).toContain('spin_lock_irq(&amp;mapping-&gt;tree_lock)');
    expect(feed.items[1]!.title).toContain('<script>alert(1)</script> ]]> &amp;');
    expect(feed.items[1]!.content).not.toContain('<script>');
    expect(body).not.toMatch(/<script|[\u0000\u001b\u202e]/);
  });

  it('does not send a feed again that has not changed', async () => {
    plan('one', [nvdimm], found);
    const { headers } = await server.inject('/findings.atom');
    const again = () =>
      server.inject({ url: '/findings.atom', headers: { 'if-none-match': String(headers.etag) } });
    expect(await again()).toMatchObject({ statusCode: 304, body: '' });
    plan('two', [nvdimm], found);
    expect((await again()).statusCode).toBe(200);
  });

  it('changes nothing: other methods are not there', async () => {
    plan('whole', [nvdimm], found);
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'] as const)
      for (const url of ['/api/series', '/api/series/whole', '/api/findings', '/findings.atom'])
        expect((await server.inject({ method, url })).statusCode).toBe(404);
  });
});
