import type { Forge } from './forge.js';
import type { PullName } from './pull.js';

/** In front of the one comment that a pull request gets: nobody sees it, and by it the comment is found again. */
const marker = '<!-- faultline: the review of this pull request -->';

interface Comment {
  id: number;
  body?: string;
  user: { login: string } | null;
}

/** GitHub takes this many characters, and counts them its own way. */
const mostCharacters = 60_000;
const mostComments = 3000;

export type StickyOutcome = 'created' | 'updated' | 'unchanged' | 'absent';

/** How much of a report a comment can hold; what is cut says so, and fences stay closed. */
export function fitted(report: string, room = mostCharacters): string {
  if (report.length <= room) return report;
  const kept = report.slice(0, room);
  const fences = kept.match(/^`{3,}/gm)?.length ?? 0;
  const closing = fences % 2 === 1 ? '\n```' : '';
  return `${kept}${closing}\n\n... the rest does not fit here.\n`;
}

/**
 * Makes the comment say this, whatever it said before. Of several (two servers once ran at a time) the oldest is
 * kept. `create` false: a comment that somebody deleted stays deleted.
 */
export async function putSticky(
  forge: Forge,
  { owner, repo, number }: PullName,
  report: string,
  create: boolean,
): Promise<StickyOutcome> {
  const where = { owner, repo, issue_number: number };
  const body = `${marker}\n${fitted(report)}`;
  const [first, ...others] = await findSticky(forge, where);
  for (const { id } of others)
    await forge.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      owner,
      repo,
      comment_id: id,
    });
  if (first === undefined) {
    if (!create) return 'absent';
    await forge.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { ...where, body });
    return 'created';
  }
  if (first.body === body) return 'unchanged';
  await forge.request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', {
    owner,
    repo,
    comment_id: first.id,
    body,
  });
  return 'updated';
}

/** Only our own: anybody may write the marker into a comment of theirs. */
async function findSticky(
  forge: Forge,
  where: { owner: string; repo: string; issue_number: number },
): Promise<Comment[]> {
  const own = await loginOf(forge);
  const comments = await forge.list<Comment>(
    'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
    where,
    mostComments,
  );
  return comments
    .filter(({ body, user }) => user?.login === own && body?.startsWith(marker) === true)
    .sort((a, b) => a.id - b.id);
}

const logins = new WeakMap<Forge, string>();

/** Who we are; asked once. An App's comments carry its slug and `[bot]`. */
export async function loginOf(forge: Forge): Promise<string> {
  const known = logins.get(forge);
  if (known !== undefined) return known;
  const login = await forge
    .request<{ login: string }>('GET /user')
    .then(({ data }) => data.login)
    .catch(async () => `${(await forge.request<{ slug: string }>('GET /app')).data.slug}[bot]`);
  logins.set(forge, login);
  return login;
}
