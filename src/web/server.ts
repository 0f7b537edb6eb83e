import { type FastifyInstance, fastify } from 'fastify';
import { type Status, whyNotReady } from '../finding/status.js';
import { openMetrics } from './metrics.js';
import { addPatchsets, type FindPatchset } from './patchsets.js';

export interface WebParts {
  /** `host:port`. */
  listen: string;
  status: () => Promise<Status>;
  patchset: FindPatchset;
  /** Adds pages before the server listens. */
  pages?: (server: FastifyInstance) => Promise<void>;
}

export interface Web {
  /** The port that is listened on: another than was asked for when that was 0. */
  port: number;
  close(): Promise<void>;
}

/** Splits `[::1]:8420` and `127.0.0.1:8420`. */
function hostAndPort(listen: string): { host: string; port: number } {
  const colon = listen.lastIndexOf(':');
  return { host: listen.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(listen.slice(colon + 1)) };
}

/** What is answered changes from one moment to the next, and none of it is a page. */
const plain = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

function addHealth(server: FastifyInstance, { status }: WebParts): void {
  // Whoever answers this lives: it asks nothing of anybody.
  server.get('/livez', async (_, reply) => reply.headers(plain).type('text/plain').send('ok\n'));
  server.get('/readyz', async (_, reply) => {
    const reasons = whyNotReady(await status());
    const text = reasons.length === 0 ? 'ok\n' : `${reasons.join('\n')}\n`;
    return reply
      .code(reasons.length === 0 ? 200 : 503)
      .headers(plain)
      .type('text/plain')
      .send(text);
  });
  server.get('/status', async (_, reply) => reply.headers(plain).send(await status()));
  const metrics = openMetrics(status);
  server.get('/metrics', async (_, reply) =>
    reply
      .headers(plain)
      .type(metrics.contentType)
      .send(await metrics.metrics()),
  );
}

/** Opens the HTTP server. Throws one clear line when the address cannot be had. */
export async function openWeb(parts: WebParts): Promise<Web> {
  // Who may ask is decided by where it listens, and how much by these bounds.
  const server = fastify({
    bodyLimit: 64 * 1024,
    requestTimeout: 10_000,
    forceCloseConnections: true,
    // A Message-ID is longer than the names of a path that fastify expects.
    routerOptions: { maxParamLength: 500 },
  });
  addHealth(server, parts);
  addPatchsets(server, parts.patchset);
  await parts.pages?.(server);
  try {
    await server.listen(hostAndPort(parts.listen));
  } catch (cause) {
    throw new Error(`${parts.listen}: cannot listen (${(cause as NodeJS.ErrnoException).code})`, { cause });
  }
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    close: () => server.close(),
  };
}
