import type { Forge } from './forge.js';

/** A repository of a forge. */
export interface Repository {
  owner: string;
  repo: string;
}

/** A repository and the number of a pull request in it. */
export interface PullName extends Repository {
  number: number;
}

export interface Pull extends PullName {
  title: string;
  /** Login of who opened it. */
  author: string;
  headSha: string;
  draft: boolean;
  open: boolean;
  /** Merges among them, which no patch shows. */
  commits: number;
}

interface PullData {
  title: string;
  state: string;
  draft?: boolean;
  user: { login: string } | null;
  head: { sha: string };
  commits: number;
}

/** No pull request that anybody reviews is as long. */
const mostBytes = 20_000_000;

/** `owner/repo#12`, or the address of its page; undefined for anything else. */
export function parsePullName(text: string): PullName | undefined {
  const match =
    /^([\w.-]{1,100})\/([\w.-]{1,100})#(\d{1,9})$/.exec(text) ??
    /^https?:\/\/[^/]+\/([\w.-]{1,100})\/([\w.-]{1,100})\/pull\/(\d{1,9})(?:[/?#].*)?$/.exec(text);
  if (match === null) return undefined;
  const [, owner, repo, number] = match as unknown as [string, string, string, string];
  return { owner, repo, number: Number(number) };
}

/** How the forge names a pull request in the parameters of its routes. */
export function parameters({ owner, repo, number }: PullName) {
  return { owner, repo, pull_number: number };
}

export async function readPull(forge: Forge, name: PullName): Promise<Pull> {
  const { data } = await forge.request<PullData>(
    'GET /repos/{owner}/{repo}/pulls/{pull_number}',
    parameters(name),
  );
  return {
    owner: name.owner,
    repo: name.repo,
    number: name.number,
    title: data.title,
    author: data.user?.login ?? 'ghost',
    headSha: data.head.sha,
    draft: data.draft === true,
    open: data.state === 'open',
    commits: data.commits,
  };
}

/**
 * The commits of a pull request as mails, as `git format-patch` writes them: from here on it is a series like any
 * other. Only this text is read; nothing of a fork is fetched, built or started.
 */
export async function readSeries(forge: Forge, name: PullName): Promise<Buffer> {
  return readPatch(forge, 'GET /repos/{owner}/{repo}/pulls/{pull_number}', parameters(name));
}

/** What a route answers when it is asked for a patch. */
export async function readPatch(forge: Forge, route: string, where: object): Promise<Buffer> {
  const { data } = await forge.request<string>(route, { ...where, mediaType: { format: 'patch' } });
  const bytes = Buffer.from(data, 'utf8');
  if (bytes.length > mostBytes)
    throw Object.assign(new Error(`the patch has ${bytes.length} bytes; at most ${mostBytes} are read`), {
      status: 406,
    });
  return bytes;
}
