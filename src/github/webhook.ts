import { readCommands } from '../policy/command.js';
import { isOurCheck } from './check-run.js';
import { type Comment, type CommentData, readComment, wordOf } from './comment.js';
import type { PullName, Repository } from './pull.js';

/** What a webhook asks for. Its heads are not believed: webhooks overtake each other. `ignored` says why nothing is done. */
export type Hook =
  | { kind: 'pull'; pull: PullName }
  | { kind: 'push'; repository: Repository; branch: string; before: string }
  | { kind: 'comment'; pull: PullName; comment: Comment }
  | { kind: 'rerun'; repository: Repository; headSha: string; author: string }
  | { kind: 'ignored'; why: string }
  | { kind: 'refused'; why: string };

export interface Delivery {
  /** Headers by small names. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The bytes as they came: the signature is of these. */
  body: Buffer;
}

/** More than any of these events holds, and less than what hurts. */
export const mostHookBytes = 5_000_000;
const worthLooking = new Set([
  'opened',
  'reopened',
  'synchronize',
  'ready_for_review',
  'closed',
  'converted_to_draft',
]);

interface Payload {
  action?: string;
  ref?: string;
  before?: string;
  deleted?: boolean;
  repository?: { name: string; owner: { login: string } };
  pull_request?: { number: number };
  issue?: { number: number; pull_request?: object };
  comment?: CommentData | null;
  check_run?: { name?: string; head_sha?: string } | null;
  sender?: { login?: string } | null;
}

/** Reads a delivery: what is not signed with the secret is refused before it is parsed. */
export async function readHook({ headers, body }: Delivery, secret: string): Promise<Hook> {
  if (body.length > mostHookBytes) return { kind: 'refused', why: `more than ${mostHookBytes} bytes` };
  const signature = headers['x-hub-signature-256'];
  if (signature === undefined) return { kind: 'refused', why: 'not signed' };
  const text = body.toString('utf8');
  const { verify } = await import('@octokit/webhooks-methods');
  if (!(await verify(secret, text, signature).catch(() => false)))
    return { kind: 'refused', why: 'the signature is wrong' };
  let payload: Payload | null;
  try {
    payload = JSON.parse(text) as Payload | null;
  } catch {
    return { kind: 'refused', why: 'no JSON' };
  }
  return hookOf(headers['x-github-event'] ?? '', payload ?? {});
}

function hookOf(event: string, payload: Payload): Hook {
  if (event === 'pull_request') return pullHook(payload);
  if (event === 'push') return pushHook(payload);
  if (event === 'check_run') return rerunHook(payload);
  if (event === 'issue_comment' && payload.issue?.pull_request !== undefined)
    return commentHook(payload, payload.issue.number, 'issue');
  if (event === 'pull_request_review_comment' && payload.pull_request != null)
    return commentHook(payload, payload.pull_request.number, 'line');
  return { kind: 'ignored', why: `the event ${event.slice(0, 40)} asks for nothing` };
}

function repositoryOf({ repository }: Payload): Repository {
  return { owner: wordOf(repository?.owner?.login), repo: wordOf(repository?.name) };
}

/** As forges count: from 1. */
function isNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function pullHook(payload: Payload): Hook {
  const { action = '', pull_request: pull } = payload;
  if (!isNumber(pull?.number) || !worthLooking.has(action))
    return { kind: 'ignored', why: `nothing changes with ${wordOf(action).slice(0, 40)}` };
  return { kind: 'pull', pull: { ...repositoryOf(payload), number: pull!.number } };
}

function pushHook(payload: Payload): Hook {
  const branch = /^refs\/heads\/(\S{1,200})$/.exec(wordOf(payload.ref))?.[1];
  if (branch === undefined || payload.deleted === true)
    return { kind: 'ignored', why: 'no commits came to a branch' };
  const before = /^[0-9a-f]{40,64}$/.exec(wordOf(payload.before))?.[0] ?? '';
  return { kind: 'push', repository: repositoryOf(payload), branch, before };
}

/** Somebody pressed "Re-run" beside our check; a forge lets only those do so who may write to the repository. */
function rerunHook(payload: Payload): Hook {
  const headSha = /^[0-9a-f]{40,64}$/.exec(wordOf(payload.check_run?.head_sha))?.[0];
  if (payload.action !== 'rerequested' || !isOurCheck(payload.check_run?.name) || headSha === undefined)
    return { kind: 'ignored', why: 'nobody wants our check again' };
  const author = wordOf(payload.sender?.login, 'ghost');
  return { kind: 'rerun', repository: repositoryOf(payload), headSha, author };
}

function commentHook(payload: Payload, number: number, where: 'issue' | 'line'): Hook {
  const comment = payload.comment == null ? undefined : readComment(payload.comment, where);
  if (payload.action !== 'created' || comment === undefined || !isNumber(number))
    return { kind: 'ignored', why: 'no new comment on a pull request' };
  if (comment.isRobot) return { kind: 'ignored', why: 'robots are not obeyed' };
  const { commands, unknown } = readCommands(comment.body);
  if (commands.length + unknown.length === 0) return { kind: 'ignored', why: 'no command in it' };
  return { kind: 'comment', pull: { ...repositoryOf(payload), number }, comment };
}
