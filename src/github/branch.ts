import type { Forge } from './forge.js';
import { type Repository, readPatch } from './pull.js';

/** The commit that a branch stands at. */
export async function readBranch(forge: Forge, where: Repository, branch: string): Promise<string> {
  const { data } = await forge.request<{ commit: { sha: string } }>(
    'GET /repos/{owner}/{repo}/branches/{branch}',
    { ...where, branch },
  );
  return data.commit.sha;
}

/** What was pushed: its commits, and how many they are; the patch shows no merges. */
export interface Pushed {
  title: string;
  commits: number;
  read: () => Promise<Buffer>;
}

const route = 'GET /repos/{owner}/{repo}/compare/{basehead}';

/** Everything that came with a push, counted from where both histories meet: after a force-push only what is new. */
export async function readPush(
  forge: Forge,
  where: Repository,
  before: string,
  after: string,
): Promise<Pushed> {
  const range = { ...where, basehead: `${before}...${after}` };
  const { data } = await forge.request<{
    total_commits: number;
    commits: { commit: { message: string } }[];
  }>(route, { ...range, per_page: 1 });
  return {
    title: (data.commits[0]?.commit.message ?? '').split('\n', 1).join('').slice(0, 300),
    commits: data.total_commits,
    read: () => readPatch(forge, route, range),
  };
}
