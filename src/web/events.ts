import type { FastifyInstance } from 'fastify';
import type { Pulse } from './pulse.js';

/** Open pages; whoever comes later reads without live updates. */
const mostListeners = 100;

/** A proxy that sees nothing for a minute hangs up. */
const heartbeatMs = 25_000;

/** One word each time something changed, for as long as a page is open. */
export function addEvents(scope: FastifyInstance, pulse: Pulse): void {
  scope.get('/events', async (_, reply) => {
    if (pulse.size >= mostListeners) return reply.code(503).type('text/plain').send('too many listen\n');
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    raw.write('retry: 5000\n\n');
    const end = pulse.listen(() => raw.write('event: change\ndata:\n\n'));
    const heartbeat = setInterval(() => raw.write(':\n\n'), heartbeatMs).unref();
    raw.once('close', () => {
      clearInterval(heartbeat);
      end();
    });
    return reply;
  });
}
