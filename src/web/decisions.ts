import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { loginLimit } from './guard.js';
import { mailPage, mostShown, outboxPage } from './page/outbox.js';
import { apologyPage, lockedPage, signInPage } from './page/sign-in.js';
import { pathTo } from './page/words.js';
import type { Press } from './pages.js';

type Fields = Record<string, unknown> | null;

/** Only a page of ours is gone to: a path, and not one that a browser reads as another host. */
function safePath(next: unknown): string {
  return typeof next === 'string' && /^\/(?:outbox(?:\/[\w.%~@+-]+)?)?$/.test(next) ? next : '/outbox';
}

/** The outbox and the way into it: the only pages that change something, and the only ones behind the token. */
export function addDecisions(scope: FastifyInstance, press: Press): void {
  addSessions(scope, press);
  const { board, guard } = press;
  const admitted = async (request: FastifyRequest, reply: FastifyReply) => {
    if (guard.sessionOf(request) !== undefined) return undefined;
    const next = request.method === 'GET' ? request.url : '/outbox';
    return reply.redirect(`/login?next=${encodeURIComponent(next)}`, 303);
  };
  scope.get('/outbox', { preHandler: admitted }, async (request, reply) => {
    const body = outboxPage(board.mails(mostShown), board.brake(), board.now());
    return press.send(request, reply, { title: 'Outbox', section: '/outbox', live: true, body });
  });
  scope.get<{ Params: { id: string } }>('/outbox/:id', { preHandler: admitted }, async (request, reply) => {
    const mail = board.mail(request.params.id);
    if (mail === undefined) return press.absent(request, reply, 'The outbox has no such mail.');
    const body = mailPage(
      mail,
      reply.generateCsrf({ userInfo: guard.sessionOf(request) ?? '' }),
      board.now(),
    );
    return press.send(request, reply, { title: mail.subject, section: '/outbox', body });
  });
  const csrf = scope.csrfProtection as unknown as (
    request: FastifyRequest,
    reply: FastifyReply,
    done: (error?: Error) => void,
  ) => void;
  const onlyOurs = (request: FastifyRequest, reply: FastifyReply) =>
    new Promise<void>((resolve, reject) =>
      csrf(request, reply, (error) => (error ? reject(error) : resolve())),
    );
  for (const what of ['approve', 'drop'] as const)
    scope.post<{ Params: { id: string }; Body: Fields }>(
      `/outbox/:id/${what}`,
      { preHandler: [admitted, onlyOurs] },
      async (request, reply) => {
        const { id } = request.params;
        const given = request.body?.why;
        const why = typeof given === 'string' && given.trim() !== '' ? given.trim().slice(0, 200) : null;
        const problem = board.decide({ id, what, why });
        if (problem === undefined) return reply.redirect(pathTo('outbox', id), 303);
        const body = apologyPage('Nothing was decided', problem);
        return press.send(request, reply, { title: 'Nothing was decided', section: '/outbox', body }, 409);
      },
    );
}

function addSessions(scope: FastifyInstance, press: Press): void {
  const { guard } = press;
  scope.get<{ Querystring: { next?: string } }>('/login', async (request, reply) => {
    const body = guard.locked ? lockedPage() : signInPage(safePath(request.query.next), false);
    return press.send(request, reply, { title: 'Sign in', section: '/outbox', body });
  });
  scope.post<{ Body: Fields }>('/login', { config: { rateLimit: loginLimit } }, async (request, reply) => {
    const next = safePath(request.body?.next);
    if (guard.admit(request.body?.token, reply)) return reply.redirect(next, 303);
    const body = signInPage(next, true);
    return press.send(request, reply, { title: 'Sign in', section: '/outbox', body }, 401);
  });
  scope.post('/logout', async (_, reply) => {
    guard.dismiss(reply);
    return reply.redirect('/', 303);
  });
}
