import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { script as witnessScript } from '../report/page/script.js';
import { style } from '../report/page/style.js';
import { packageRoot } from '../root.js';
import type { Board } from './board.js';
import { addDecisions } from './decisions.js';
import { addEvents } from './events.js';
import { addGuard, Guard } from './guard.js';
import { apologyPage } from './page/sign-in.js';
import { addPages, Press } from './pages.js';

/** Nothing is loaded from elsewhere and nothing in a page runs, whatever stands in it. */
const contentPolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const headers = {
  'content-security-policy': contentPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** What stands beside the pages: a style, two scripts and a mark. */
function readAssets(): Map<string, { type: string; text: string }> {
  const read = (name: string) => readFileSync(join(packageRoot, 'src', 'web', 'asset', name), 'utf8');
  return new Map([
    ['/board.css', { type: 'text/css; charset=utf-8', text: `${style}\n${read('board.css')}` }],
    ['/witness.js', { type: 'text/javascript; charset=utf-8', text: witnessScript }],
    ['/live.js', { type: 'text/javascript; charset=utf-8', text: read('live.js') }],
    ['/mark.svg', { type: 'image/svg+xml', text: read('mark.svg') }],
  ]);
}

/** Puts the dashboard on a server that does not listen yet. */
export async function addBoard(server: FastifyInstance, board: Board): Promise<void> {
  const assets = readAssets();
  const edition = createHash('sha256').update([...assets.values()].map(({ text }) => text).join('\0'));
  const guard = new Guard(board.token, board.now);
  const press = new Press(board, guard, edition.digest('hex').slice(0, 12));
  await server.register(async (scope) => {
    scope.addHook('onSend', async (_, reply) => {
      reply.headers(headers);
      if (reply.getHeader('cache-control') === undefined) reply.header('cache-control', 'no-store');
    });
    await addGuard(scope, guard);
    for (const [path, { type, text }] of assets)
      scope.get(path, async (_, reply) =>
        reply.header('cache-control', 'public, max-age=31536000, immutable').type(type).send(text),
      );
    addPages(scope, press);
    addDecisions(scope, press);
    addEvents(scope, board.pulse);
    scope.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
      const code = error.statusCode ?? 500;
      const text = code < 500 ? error.message : 'Something broke here; the log of the daemon may say what.';
      const body = apologyPage('That did not work', text);
      return press.send(request, reply, { title: 'That did not work', section: null, body }, code);
    });
  });
}
