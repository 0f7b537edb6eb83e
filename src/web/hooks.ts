import type { FastifyInstance } from 'fastify';

export interface WebhookParts {
  /** Takes a delivery in; its answer is what the forge is told. */
  take: (
    headers: Record<string, string | undefined>,
    body: Buffer,
  ) => Promise<{ status: number; word: string }>;
  /** The largest delivery that is read. */
  mostBytes: number;
}

/** Where a forge delivers its webhooks. The bytes are kept as they came, because the signature is of these. */
export async function addWebhooks(server: FastifyInstance, { take, mostBytes }: WebhookParts): Promise<void> {
  await server.register(async (inner) => {
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
    inner.post('/hooks/github', { bodyLimit: mostBytes }, async ({ headers, body }, reply) => {
      const single = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
      );
      const { status, word } = await take(single, Buffer.isBuffer(body) ? body : Buffer.alloc(0));
      return reply.code(status).type('text/plain').send(`${word}\n`);
    });
  });
}
