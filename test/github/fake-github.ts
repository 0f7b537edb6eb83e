import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Item {
  id: number;
  body: string;
  user: { login: string; type: string };
  path?: string;
  line?: number;
  side?: string;
}

type Route = [string, RegExp, (match: RegExpExecArray, body: never, request: IncomingMessage) => unknown];

export interface Trouble {
  status: number;
  headers?: Record<string, string>;
}

/**
 * A server on loopback that answers the routes of GitHub's REST API that Faultline asks, in the shapes that its
 * reference describes: pages with Link headers, ETags, and as many refusals as `troubles` holds.
 */
export async function fakeGithub(patch: string, files: { filename: string; patch: string }[]) {
  const state = {
    login: 'faultline-bot',
    title: 'dax: a pull request',
    headSha: 'a'.repeat(40),
    comments: [] as Item[],
    lineComments: [] as Item[],
    checks: [] as {
      id: number;
      head_sha: string;
      name: string;
      external_id: string;
      conclusion: string;
      output: { title: string; annotations: object[] };
    }[],
    reviews: 0,
    requests: [] as string[],
    troubles: [] as Trouble[],
    /** What a check is refused with. */
    refuseCheck: undefined as number | undefined,
    pageSize: 100,
    files,
    patch,
    tokens: new Set<string>(),
    open: true,
    isApp: false,
    /** What the next review with comments beside lines is refused with. */
    refuseLines: undefined as number | undefined,
    locked: false,
    draft: false,
    updatedAt: '2026-01-01T00:00:00Z',
    branch: 'd'.repeat(40),
    /** Whether commits are there that no branch holds any more. */
    comparable: true,
    reactions: [] as { path: string; content: string }[],
    /** Answers every request with this until it is taken away. */
    down: undefined as Trouble | undefined,
  };
  let nextId = 1;
  const own = () => ({ login: state.login, type: 'Bot' });

  const routes: Route[] = [
    [
      'GET',
      /^\/user$/,
      () => {
        if (state.isApp)
          throw Object.assign(new Error('Resource not accessible by integration'), { status: 403 });
        return own();
      },
    ],
    ['GET', /^\/app$/, () => ({ slug: state.login.replace('[bot]', '') })],
    [
      'POST',
      /^\/app\/installations\/2\/access_tokens$/,
      () => ({ token: 'ghs_installation', expires_at: '2099-01-01T00:00:00Z', permissions: {} }),
    ],
    [
      'GET',
      /^\/repos\/o\/r\/pulls\/7$/,
      (_m, _b, request) => (/\bpatch\b/.test(request.headers.accept ?? '') ? state.patch : pull()),
    ],
    ['GET', /^\/repos\/o\/r\/pulls$/, () => (state.open ? [pull()] : [])],
    ['GET', /^\/repos\/o\/r\/pulls\/7\/files$/, () => state.files],
    ['GET', /^\/repos\/o\/r\/branches\/(\w+)$/, ([, name]) => ({ name, commit: { sha: state.branch } })],
    [
      'GET',
      /^\/repos\/o\/r\/compare\/\w+\.\.\.\w+$/,
      (_m, _b, request) => {
        if (!state.comparable) throw Object.assign(new Error('Not Found'), { status: 404 });
        return /\bpatch\b/.test(request.headers.accept ?? '')
          ? state.patch
          : { total_commits: pull().commits, commits: [{ commit: { message: 'dax: a push\n\nWhy.' } }] };
      },
    ],
    ['GET', /^\/repos\/o\/r\/issues\/comments$/, () => state.comments.map(inPull)],
    ['GET', /^\/repos\/o\/r\/pulls\/comments$/, () => state.lineComments.map(inPull)],
    [
      'POST',
      /^(\/repos\/o\/r\/(?:issues|pulls)\/comments\/\d+)\/reactions$/,
      ([, path], { content }: { content: string }) => {
        state.reactions.push({ path: path!, content });
        return { content };
      },
    ],
    ['GET', /^\/repos\/o\/r\/issues\/7\/comments$/, () => state.comments],
    [
      'POST',
      /^\/repos\/o\/r\/issues\/7\/comments$/,
      (_m, body: { body: string }) => {
        if (state.locked) throw Object.assign(new Error('Unable to create comment: locked'), { status: 403 });
        return add(state.comments, body);
      },
    ],
    [
      'PATCH',
      /^\/repos\/o\/r\/issues\/comments\/(\d+)$/,
      ([, id], body: { body: string }) => Object.assign(find(state.comments, id!), body),
    ],
    ['DELETE', /^\/repos\/o\/r\/issues\/comments\/(\d+)$/, ([, id]) => remove(state.comments, id!)],
    ['GET', /^\/repos\/o\/r\/pulls\/7\/comments$/, () => state.lineComments],
    ['DELETE', /^\/repos\/o\/r\/pulls\/comments\/(\d+)$/, ([, id]) => remove(state.lineComments, id!)],
    [
      'POST',
      /^\/repos\/o\/r\/pulls\/7\/reviews$/,
      (_m, body: { comments: Item[] }) => {
        if (state.refuseLines !== undefined)
          throw Object.assign(new Error('Unprocessable'), { status: state.refuseLines });
        state.reviews++;
        for (const comment of body.comments) add(state.lineComments, comment);
        return {};
      },
    ],
    [
      'GET',
      /^\/repos\/o\/r\/commits\/(\w+)\/check-runs$/,
      ([, sha], _b, request) => {
        const asked = new URL(request.url!, 'http://x').searchParams;
        const at = state.checks.filter(({ head_sha }) => head_sha === sha).reverse();
        // Unless all are asked for, the last of each name.
        const shown = at.filter(
          ({ name }, n) => asked.get('filter') === 'all' || at.findIndex((each) => each.name === name) === n,
        );
        const named = shown.filter(({ name }) => name === (asked.get('check_name') ?? name));
        return { total_count: named.length, check_runs: named };
      },
    ],
    ['POST', /^\/repos\/o\/r\/check-runs$/, (_m, body: never) => check(body)],
    [
      'PATCH',
      /^\/repos\/o\/r\/check-runs\/(\d+)$/,
      ([, id], body: object) => Object.assign(state.checks.find((each) => `${each.id}` === id)!, body),
    ],
  ];

  const pull = () => ({
    number: 7,
    title: state.title,
    state: state.open ? 'open' : 'closed',
    draft: state.draft,
    user: { login: 'dev' },
    head: { sha: state.headSha },
    updated_at: state.updatedAt,
    commits: state.patch.split(/^From [0-9a-f]{40} /m).length - 1,
  });
  const inPull = (item: Item) => ({
    author_association: 'NONE',
    created_at: '2026-01-01T00:00:00Z',
    issue_url: 'http://x/repos/o/r/issues/7',
    pull_request_url: 'http://x/repos/o/r/pulls/7',
    ...item,
  });
  const add = (list: Item[], body: Partial<Item>) => {
    const item = { id: nextId++, user: own(), body: '', ...body };
    list.push(item);
    return item;
  };
  const find = (list: Item[], id: string) => list.find((each) => `${each.id}` === id)!;
  const remove = (list: Item[], id: string) =>
    void list.splice(
      list.findIndex((each) => `${each.id}` === id),
      1,
    );
  const check = (body: { head_sha: string }) => {
    if (state.refuseCheck !== undefined)
      throw Object.assign(new Error('Resource not accessible'), { status: state.refuseCheck });
    const run = { id: nextId++, ...body } as never;
    state.checks.push(run);
    return run;
  };

  const answer = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const url = new URL(request.url ?? '', 'http://x');
    state.requests.push(`${request.method} ${url.pathname}`);
    state.tokens.add(request.headers.authorization ?? '');
    const send = (status: number, data: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, {
        'content-type': typeof data === 'string' ? 'text/plain' : 'application/json',
        ...headers,
      });
      response.end(data === undefined ? '' : typeof data === 'string' ? data : JSON.stringify(data));
    };
    const trouble = state.down ?? state.troubles.shift();
    const route = routes.find(([method, pattern]) => method === request.method && pattern.test(url.pathname));
    if (trouble !== undefined)
      send(trouble.status, { message: 'You have exceeded a secondary rate limit' }, trouble.headers);
    else if (route === undefined) send(404, { message: 'Not Found' });
    else serve(route, url, request, body, send);
  };

  type Send = (status: number, data: unknown, headers?: Record<string, string>) => void;

  const serve = (route: Route, url: URL, request: IncomingMessage, body: string, send: Send): void => {
    let data: unknown;
    try {
      data = route[2](route[1].exec(url.pathname)!, (body === '' ? {} : JSON.parse(body)) as never, request);
    } catch (error) {
      send((error as { status?: number }).status ?? 500, { message: (error as Error).message });
      return;
    }
    if (Array.isArray(data)) sendPage(data, url, request, send);
    else send(data === undefined ? 204 : 200, data);
  };

  const sendPage = (data: unknown[], url: URL, request: IncomingMessage, send: Send): void => {
    const etag = `"${createHash('sha256').update(JSON.stringify(data)).digest('hex')}"`;
    if (request.headers['if-none-match'] === etag) {
      send(304, undefined);
      return;
    }
    const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), state.pageSize);
    const page = Number(url.searchParams.get('page') ?? 1);
    url.searchParams.set('page', `${page + 1}`);
    const next = `<http://${request.headers.host}${url.pathname}${url.search}>; rel="next"`;
    const link: Record<string, string> = data.length > page * size ? { link: next } : {};
    send(200, data.slice((page - 1) * size, page * size), { etag, ...link });
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(request, response, Buffer.concat(chunks).toString('utf8')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    state,
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
