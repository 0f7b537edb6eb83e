import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { PublicRecord, RecordQuery } from '../finding/record.js';
import { type StandName, stands } from '../finding/stand.js';
import { atomFeed } from '../report/atom.js';
import { openApiDocument } from './openapi.js';

export interface ApiParts {
  record: PublicRecord;
  /** Version of this program. */
  version: string;
  /** How the world reaches this server; undefined: as whoever asks does. */
  url: string | undefined;
}

interface Asked {
  list?: unknown;
  stand?: unknown;
  rule?: unknown;
  before?: unknown;
  limit?: unknown;
}

const usualItems = 50;
const mostItems = 200;
const plain = { 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' } as const;

/** What a question means; in one line why it means nothing. */
function queryOf({ list, stand, rule, before, limit }: Asked): RecordQuery | { error: string } {
  for (const each of [list, stand, rule, before, limit])
    if (each !== undefined && (typeof each !== 'string' || each.length > 300))
      return { error: 'each parameter is given once, and is short' };
  if (stand !== undefined && !stands.includes(stand as StandName))
    return { error: `stand: one of ${stands.join(', ')}` };
  if (limit !== undefined && !/^\d{1,3}$/.test(limit as string)) return { error: 'limit: a small number' };
  if (before !== undefined && !/^\d{1,15}$/.test(before as string))
    return { error: 'before: what "next" of another page said' };
  const most = limit === undefined ? usualItems : Math.min(mostItems, Math.max(1, Number(limit)));
  const given = { list, stand, rule, before };
  return { ...(JSON.parse(JSON.stringify(given)) as Partial<RecordQuery>), most };
}

function addRecords(server: FastifyInstance, { record }: ApiParts): void {
  server.get<{ Querystring: Asked }>('/api/series', async ({ query }, reply) => {
    const asked = queryOf(query);
    return 'error' in asked ? reply.code(400).send(asked) : reply.send(record.series(asked));
  });
  server.get<{ Params: { id: string } }>('/api/series/:id', async ({ params }, reply) => {
    const found = record.one(params.id);
    return found === undefined ? reply.code(404).send(absent) : reply.send(found);
  });
  server.get<{ Params: { id: string } }>('/api/series/:id/result', async ({ params }, reply) => {
    const found = record.result(params.id);
    return found === undefined ? reply.code(404).send(absent) : reply.send(found);
  });
  server.get<{ Querystring: Asked }>('/api/findings', async ({ query }, reply) => {
    const asked = queryOf(query);
    return 'error' in asked ? reply.code(400).send(asked) : reply.send(record.findings(asked));
  });
}

const absent = { error: 'there is no such series, or nothing to read of it yet' };

/** A feed reader asks again and again: what has not changed is not sent again. */
function addFeed(server: FastifyInstance, { record, url }: ApiParts): void {
  server.get<{ Querystring: Asked }>('/findings.atom', async (request, reply) => {
    const asked = queryOf(request.query);
    if ('error' in asked) return reply.code(400).send(asked);
    const base = (url ?? `${request.protocol}://${request.host}`).replace(/(?<!\/)\/+$/, '');
    const feed = atomFeed(record.findings(asked).items, { base, self: request.url });
    const etag = `"${createHash('sha256').update(feed).digest('base64url')}"`;
    reply.header('etag', etag);
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type('application/atom+xml; charset=utf-8').send(feed);
  });
}

/** Puts what programs read on a server that does not listen yet. All of it is read-only. */
export async function addApi(server: FastifyInstance, parts: ApiParts): Promise<void> {
  await server.register(async (scope) => {
    scope.addHook('onSend', async (_, reply) => {
      reply.headers(plain);
    });
    addRecords(scope, parts);
    addFeed(scope, parts);
    const document = openApiDocument(parts.version);
    scope.get('/api/openapi.json', async (_, reply) => reply.send(document));
  });
}
