import { type Forge, statusOf } from './forge.js';
import type { PullName } from './pull.js';

/** How far a repository was looked at; plain data, to be kept. */
export interface PollCursor {
  etag: string | null;
  /** Number of each open pull request, and its head when it was last told. */
  heads: Record<string, string>;
}

export interface Moved {
  pull: PullName;
  headSha: string;
  /** When something last happened to it; ms since 1970. */
  changedMs: number;
}

interface OpenPull {
  number: number;
  draft?: boolean;
  updated_at?: string;
  head: { sha: string };
}

const mostPulls = 1000;

/** What was opened or pushed to since the cursor, and what is not open any more. An unchanged list costs one request and no quota (304). */
export async function poll(
  forge: Forge,
  { owner, repo }: Pick<PullName, 'owner' | 'repo'>,
  cursor: PollCursor,
): Promise<{ moved: Moved[]; gone: number[]; cursor: PollCursor }> {
  const where = { owner, repo, state: 'open', sort: 'updated', direction: 'desc' };
  const route = 'GET /repos/{owner}/{repo}/pulls';
  let etag: string | null = null;
  try {
    const headers = cursor.etag === null ? {} : { 'if-none-match': cursor.etag };
    const first = await forge.request<OpenPull[]>(route, { ...where, per_page: 1, headers });
    etag = (first.headers.etag as string | undefined) ?? null;
  } catch (error) {
    if (statusOf(error) === 304) return { moved: [], gone: [], cursor };
    throw error;
  }
  const pulls = (await forge.list<OpenPull>(route, where, mostPulls)).filter(({ draft }) => draft !== true);
  const heads = Object.fromEntries(pulls.map(({ number, head }) => [`${number}`, head.sha]));
  const moved = pulls
    .filter(({ number, head }) => cursor.heads[`${number}`] !== head.sha)
    .map(({ number, head, updated_at = '' }) => ({
      pull: { owner, repo, number },
      headSha: head.sha,
      changedMs: Date.parse(updated_at) || 0,
    }));
  const gone = Object.keys(cursor.heads)
    .filter((number) => heads[number] === undefined)
    .map(Number);
  return { moved, gone, cursor: { etag, heads } };
}
