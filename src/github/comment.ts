import { mostCommandText } from '../policy/command.js';
import type { Forge } from './forge.js';
import type { Repository } from './pull.js';

/** A comment in a pull request. */
export interface Comment {
  /** `issue/N` on the whole, `line/N` beside a line: a forge counts both apart. */
  id: string;
  /** Login. */
  author: string;
  /** How the author stands to the repository: `OWNER`, `MEMBER`, `COLLABORATOR` or less. */
  standing: string;
  body: string;
  isRobot: boolean;
  /** ms since 1970. */
  atMs: number;
}

/** As the forge writes it. */
export interface CommentData {
  id: number;
  body?: string | null;
  author_association?: string;
  user?: { login: string; type?: string } | null;
  created_at?: string;
  /** The pull request that it stands in, by the end of an address. */
  issue_url?: string;
  pull_request_url?: string;
}

/** What should be text; a hostile body may have anything there. */
export function wordOf(value: unknown, otherwise = ''): string {
  return typeof value === 'string' ? value : otherwise;
}

/** Undefined for what is no comment. */
export function readComment(data: CommentData, where: 'issue' | 'line'): Comment | undefined {
  if (!Number.isSafeInteger(data.id)) return undefined;
  const atMs = Date.parse(wordOf(data.created_at));
  return {
    id: `${where}/${data.id}`,
    author: wordOf(data.user?.login, 'ghost'),
    standing: wordOf(data.author_association, 'NONE'),
    body: wordOf(data.body).slice(0, mostCommandText),
    isRobot: data.user?.type === 'Bot',
    atMs: Number.isNaN(atMs) ? 0 : atMs,
  };
}

const mostComments = 1000;

/** Comments of a repository that were made or changed since a time, with the number of what they stand in. */
export async function readComments(
  forge: Forge,
  where: Repository,
  sinceMs: number,
): Promise<{ number: number; comment: Comment }[]> {
  const asked = { ...where, since: new Date(sinceMs).toISOString(), sort: 'updated', direction: 'asc' };
  const whole = await forge.list<CommentData>(
    'GET /repos/{owner}/{repo}/issues/comments',
    asked,
    mostComments,
  );
  const beside = await forge.list<CommentData>(
    'GET /repos/{owner}/{repo}/pulls/comments',
    asked,
    mostComments,
  );
  return [
    ...whole.flatMap((data) => numbered(data, 'issue', data.issue_url)),
    ...beside.flatMap((data) => numbered(data, 'line', data.pull_request_url)),
  ];
}

function numbered(data: CommentData, where: 'issue' | 'line', url: string | undefined) {
  const number = Number(/\/(\d{1,9})$/.exec(url ?? '')?.[1]);
  const comment = readComment(data, where);
  return comment === undefined || Number.isNaN(number) ? [] : [{ number, comment }];
}

/** Shows who asked whether it was done. Doing it twice changes nothing. */
export async function react(forge: Forge, where: Repository, id: string, done: boolean): Promise<void> {
  const [kind, number] = id.split('/');
  const route =
    kind === 'line'
      ? 'POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions'
      : 'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions';
  await forge.request(route, { ...where, comment_id: Number(number), content: done ? '+1' : 'confused' });
}
