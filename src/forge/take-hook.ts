import { type Delivery, type Hook, readHook } from '../github/webhook.js';
import type { ProposalName, Proposals } from '../store/proposals.js';
import { type GithubConfig, settingsOf } from './desk.js';

/** What the forge is answered, and whether there is something to do now. */
export interface Taken {
  status: 202 | 400 | 401;
  word: string;
}

interface Wanted extends ProposalName {
  work: () => void;
}

/**
 * Takes a webhook in. What it asks for is in the store before it is answered, together with its id: however often
 * it is delivered, and whenever the process ends, it is done once.
 */
export async function takeHook(
  delivery: Delivery,
  secret: string,
  github: GithubConfig,
  proposals: Proposals,
  nowMs: number,
): Promise<Taken> {
  const id = delivery.headers['x-github-delivery'] ?? '';
  if (!/^[\w-]{1,100}$/.test(id)) return { status: 400, word: 'no delivery id' };
  const hook = await readHook(delivery, secret);
  if (hook.kind === 'refused') return { status: 401, word: hook.why };
  if (hook.kind === 'ignored') return { status: 202, word: hook.why };
  const wanted = wantedOf(hook, id, github, proposals, nowMs);
  if (wanted === undefined) return { status: 202, word: 'not a repository or branch that is followed' };
  const isNew = proposals.deliver(id, nowMs, wanted.work);
  return { status: 202, word: isNew ? 'taken' : 'known' };
}

function wantedOf(
  hook: Exclude<Hook, { kind: 'ignored' | 'refused' }>,
  id: string,
  github: GithubConfig,
  proposals: Proposals,
  nowMs: number,
): Wanted | undefined {
  const { owner, repo } = 'pull' in hook ? hook.pull : hook.repository;
  const settings = settingsOf(github, `${owner}/${repo}`);
  if (settings === undefined) return undefined;
  if (hook.kind === 'rerun') {
    const { headSha, author } = hook;
    // The same as if they had said so, by the rights that the forge has seen.
    const said = { author, standing: 'COLLABORATOR', body: '#faultline recheck' };
    const work = () => {
      for (const at of proposals.withHead(settings.name, headSha))
        proposals.hear({ ...at, ...said, id: `check/${id}/${at.name}`, atMs: nowMs });
    };
    return { repo: settings.name, name: '', work };
  }
  if (hook.kind === 'push') {
    if (!settings.pushes.includes(hook.branch)) return undefined;
    const at = { repo: settings.name, name: `branch/${hook.branch}` };
    const before = /^0*$/.test(hook.before) ? null : hook.before;
    return { ...at, work: () => proposals.ask(at, nowMs, before) };
  }
  const at = { repo: settings.name, name: `pull/${hook.pull.number}` };
  if (hook.kind === 'pull') return { ...at, work: () => proposals.ask(at, nowMs) };
  const { isRobot: _, ...said } = hook.comment;
  return { ...at, work: () => proposals.hear({ ...at, ...said, atMs: nowMs }) };
}
