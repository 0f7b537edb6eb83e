export interface Answer<Data> {
  status: number;
  data: Data;
  headers: Record<string, string | number | undefined>;
}

/** What is asked of GitHub's REST API (a port); routes as its reference spells them: `GET /repos/{owner}/{repo}`. */
export interface Forge {
  /** Rejects with an `Error` that has `status` when GitHub says no; waiting for rate limits is done inside. */
  request<Data>(route: string, parameters?: Record<string, unknown>): Promise<Answer<Data>>;
  /** Every item of a list of pages, at most `most`. */
  list<Item>(route: string, parameters: Record<string, unknown>, most: number): Promise<Item[]>;
}

/** How one is let in: a token, or an App with its key for one installation. */
export type Credentials = { token: string } | { appId: number; privateKey: string; installationId: number };

const perPage = 100;

/** Nothing is logged by the library: its lines hold addresses with parameters. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Longer waits are for who called: meanwhile other things can be done. */
const mostWaitSeconds = 20;
const onLimit = (wait: number, _options: object, _octokit: object, tries: number) =>
  wait <= mostWaitSeconds && tries < 2;

/**
 * GitHub, or a server that speaks like it. Faults are tried again, limits waited for; `paced`: writes come as
 * slowly as GitHub asks for, which only it does.
 */
export async function openForge(
  credentials: Credentials,
  { baseUrl = 'https://api.github.com', paced = true }: { baseUrl?: string; paced?: boolean } = {},
): Promise<Forge> {
  const { App, Octokit } = await import('octokit');
  const throttle = paced ? { onRateLimit: onLimit, onSecondaryRateLimit: onLimit } : { enabled: false };
  const common = { baseUrl, userAgent: 'faultline', log: silent, throttle };
  const octokit =
    'token' in credentials
      ? new Octokit({ ...common, auth: credentials.token })
      : await new App({
          appId: credentials.appId,
          privateKey: credentials.privateKey,
          Octokit: Octokit.defaults(common),
        }).getInstallationOctokit(credentials.installationId);
  const request = octokit.request as unknown as Forge['request'];
  return {
    request: (route, parameters) => request(route, parameters),
    async list<Item>(route: string, parameters: Record<string, unknown>, most: number): Promise<Item[]> {
      const items: Item[] = [];
      const pages = octokit.paginate.iterator(route, { ...parameters, per_page: perPage });
      for await (const { data } of pages) {
        items.push(...(data as Item[]));
        if (items.length >= most) break;
      }
      return items.slice(0, most);
    },
  };
}

/** When a refusal says that one may ask again; undefined when it does not say so. ms since 1970. */
export function mayAskAgainMs(error: unknown, nowMs: number): number | undefined {
  const { headers = {} } = (error as { response?: { headers?: Record<string, string> } }).response ?? {};
  const seconds = Number(headers['retry-after']);
  if (headers['retry-after'] !== undefined && seconds >= 0) return nowMs + Math.min(seconds, 86_400) * 1000;
  const reset = Number(headers['x-ratelimit-reset']);
  if (headers['x-ratelimit-remaining'] !== '0' || !(reset > 0)) return undefined;
  return Math.min(reset * 1000, nowMs + 86_400_000);
}

/** Whether asking again would be answered the same: not "not so fast", and not a fault that passes. */
export function isFinal(error: unknown): boolean {
  const status = statusOf(error);
  const { headers = {} } = (error as { response?: { headers?: Record<string, string> } }).response ?? {};
  const isLimit =
    headers['retry-after'] !== undefined ||
    headers['x-ratelimit-remaining'] === '0' ||
    /rate limit/i.test((error as Error).message);
  return status === 404 || status === 410 || status === 422 || (status === 403 && !isLimit);
}

/** The HTTP status of a refusal; undefined for errors of other kinds. */
export function statusOf(error: unknown): number | undefined {
  const { status } = error as { status?: unknown };
  return typeof status === 'number' ? status : undefined;
}
