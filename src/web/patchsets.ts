import type { FastifyInstance } from 'fastify';

/** What is known of the series of a mail, by its Message-ID; undefined when nothing is. */
export type FindPatchset = (messageId: string) => Promise<object | undefined>;

const plain = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

/** What `b4 review` asks when its `b4.sashiko-url` names this server; before August 2026 it asked for `/api/patch`. */
export function addPatchsets(server: FastifyInstance, find: FindPatchset): void {
  for (const path of ['/api/patchset', '/api/patch'])
    server.get<{ Querystring: { id?: string } }>(path, async ({ query }, reply) => {
      const id = typeof query.id === 'string' ? query.id.replace(/^<|>$/g, '').slice(0, 500) : '';
      const found = id === '' ? undefined : await find(id);
      return reply
        .code(found === undefined ? 404 : 200)
        .headers(plain)
        .send(found ?? { error: 'no series with that Message-ID is known' });
    });
}
