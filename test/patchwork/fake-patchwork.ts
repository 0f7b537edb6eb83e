import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface ShownCheck {
  id: number;
  context: string;
  state: string;
  description: string;
  target_url: string;
}

/** A server on loopback that answers the routes of Patchwork's REST API that Faultline asks, in their shapes. */
export async function fakePatchwork(token: string) {
  const state = {
    /** Message-IDs of the patches that it has. */
    patches: [] as string[],
    /** By Message-ID, the oldest first: a Patchwork keeps them all. */
    checks: new Map<string, ShownCheck[]>(),
    posts: 0,
    requests: [] as string[],
    down: undefined as { status: number; headers?: Record<string, string> } | undefined,
  };
  let nextId = 1;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    const send = (status: number, data: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(data));
    };
    state.requests.push(`${request.method} ${url.pathname}`);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (state.down !== undefined) return send(state.down.status, {}, state.down.headers);
      if (url.pathname === '/api/1.2/patches/') {
        const at = state.patches.indexOf(url.searchParams.get('msgid') ?? '');
        const known = at >= 0 && url.searchParams.get('project') === 'linux-nvdimm';
        return send(200, known ? [{ id: at + 100, msgid: `<${state.patches[at]}>` }] : []);
      }
      const id =
        state.patches[Number(/^\/api\/1\.2\/patches\/(\d+)\/checks\/$/.exec(url.pathname)?.[1]) - 100];
      if (id === undefined) return send(404, { detail: 'Not found.' });
      const own = state.checks.get(id) ?? [];
      if (request.method === 'GET') return send(200, own);
      if (request.headers.authorization !== `Token ${token}`) return send(401, { detail: 'Invalid token.' });
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Omit<ShownCheck, 'id'>;
      if (!/^(pending|success|warning|fail)$/.test(body.state) || !/^[-\w]+$/.test(body.context))
        return send(400, { state: ['is not a valid choice'] });
      state.posts++;
      const made = { ...body, id: nextId++ };
      state.checks.set(id, [...own, made]);
      return send(201, made);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    state,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** State and words of the newest check of a patch. */
    shown: (id: string) => {
      const newest = state.checks.get(id)?.at(-1);
      return newest === undefined ? undefined : `${newest.state}: ${newest.description}`;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
