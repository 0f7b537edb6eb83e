import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import formbody from '@fastify/formbody';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** How long one may decide without showing the token again. */
const sessionMs = 8 * 3_600_000;

const cookieName = 'faultline';

/** No script reads it, and no other site's form or link carries it. */
const kept = { path: '/', httpOnly: true, sameSite: 'strict', signed: true, secure: 'auto' } as const;

/** Wrong tokens that one address may try in a minute. */
export const loginLimit = { max: 10, timeWindow: '1 minute' };

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Who may decide. Sessions end with the process: their key is made here and kept nowhere. */
export class Guard {
  constructor(
    private readonly token: string | undefined,
    private readonly now: () => number,
  ) {}

  get locked(): boolean {
    return this.token === undefined;
  }

  /** Begins a session when the token is the right one. */
  admit(token: unknown, reply: FastifyReply): boolean {
    if (this.token === undefined || typeof token !== 'string') return false;
    if (!timingSafeEqual(digest(token), digest(this.token))) return false;
    const value = `${this.now() + sessionMs}.${randomBytes(16).toString('hex')}`;
    reply.setCookie(cookieName, value, { ...kept, maxAge: sessionMs / 1000 });
    return true;
  }

  dismiss(reply: FastifyReply): void {
    reply.clearCookie(cookieName, kept);
  }

  /** What names the session of a request; undefined when it has none that holds. */
  sessionOf(request: FastifyRequest): string | undefined {
    const text = request.cookies[cookieName];
    if (text === undefined || this.token === undefined) return undefined;
    const { valid, value } = request.unsignCookie(text);
    return valid && Number(value.split('.')[0]) > this.now() ? value : undefined;
  }
}

/** What forms need: cookies that only we can have made, and a word in each form that no other site knows. */
export async function addGuard(scope: FastifyInstance, guard: Guard): Promise<void> {
  await scope.register(cookie, { secret: randomBytes(32).toString('hex') });
  await scope.register(formbody, { bodyLimit: 16 * 1024 });
  await scope.register(rateLimit, { global: false });
  await scope.register(csrf, {
    sessionPlugin: '@fastify/cookie',
    cookieKey: `${cookieName}-form`,
    cookieOpts: kept,
    getUserInfo: (request) => guard.sessionOf(request) ?? '',
    csrfOpts: { hmacKey: randomBytes(32).toString('hex') },
  });
  scope.addHook('onRequest', async (request, reply) => {
    // Browsers say where a request comes from; what comes from another site changes nothing here.
    const site = request.headers['sec-fetch-site'];
    if (request.method === 'POST' && site !== undefined && site !== 'same-origin')
      return reply.code(403).type('text/plain').send('another site may not ask for this\n');
  });
}
