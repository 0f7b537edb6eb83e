import { type Asked, readCommands } from '../policy/command.js';
import type { PullName } from './pull.js';

/** What a webhook asks for. `ignored` says why nothing is done. */
export type Hook =
  | { kind: 'review'; pull: PullName; headSha: string }
  | { kind: 'command'; pull: PullName; asked: Asked; author: string; mayCommand: boolean }
  | { kind: 'ignored'; why: string }
  | { kind: 'refused'; why: string };

export interface Delivery {
  /** Headers by small names. */
  headers: Readonly<Record<string, string | undefined>>;
  /** The bytes as they came: the signature is of these. */
  body: Buffer;
}

const mostBytes = 5_000_000;
const worthReviewing = new Set(['opened', 'reopened', 'synchronize', 'ready_for_review']);
const trusted = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

interface Payload {
  action?: string;
  repository?: { name: string; owner: { login: string } };
  pull_request?: { number: number; draft?: boolean; head: { sha: string }; user?: { login: string } };
  issue?: { number: number; pull_request?: object; user?: { login: string } };
  comment?: { body?: string; author_association?: string; user?: { login: string; type?: string } };
}

/** Reads a delivery: what is not signed with the secret is refused before it is parsed. */
export async function readHook({ headers, body }: Delivery, secret: string): Promise<Hook> {
  if (body.length > mostBytes) return { kind: 'refused', why: `more than ${mostBytes} bytes` };
  const signature = headers['x-hub-signature-256'];
  if (signature === undefined) return { kind: 'refused', why: 'not signed' };
  const text = body.toString('utf8');
  const { verify } = await import('@octokit/webhooks-methods');
  if (!(await verify(secret, text, signature).catch(() => false)))
    return { kind: 'refused', why: 'the signature is wrong' };
  let payload: Payload;
  try {
    payload = JSON.parse(text) as Payload;
  } catch {
    return { kind: 'refused', why: 'no JSON' };
  }
  const event = headers['x-github-event'] ?? '';
  if (event === 'pull_request') return pullHook(payload);
  return event === 'issue_comment'
    ? commentHook(payload)
    : { kind: 'ignored', why: `the event ${event.slice(0, 40)} asks for nothing` };
}

function nameOf({ repository }: Payload, number: number): PullName {
  return { owner: repository?.owner.login ?? '', repo: repository?.name ?? '', number };
}

function pullHook(payload: Payload): Hook {
  const { action = '', pull_request: pull } = payload;
  if (pull === undefined || !worthReviewing.has(action))
    return { kind: 'ignored', why: `nothing changes with ${action.slice(0, 40)}` };
  if (pull.draft === true) return { kind: 'ignored', why: 'a draft is not finished' };
  return { kind: 'review', pull: nameOf(payload, pull.number), headSha: pull.head.sha };
}

function commentHook(payload: Payload): Hook {
  const { action, issue, comment } = payload;
  if (action !== 'created' || issue?.pull_request === undefined)
    return { kind: 'ignored', why: 'no new comment on a pull request' };
  if (comment?.user?.type === 'Bot') return { kind: 'ignored', why: 'robots are not obeyed' };
  const asked = readCommands(comment?.body ?? '');
  if (asked.commands.length + asked.unknown.length === 0) return { kind: 'ignored', why: 'no command in it' };
  const author = comment?.user?.login ?? '';
  const mayCommand = trusted.has(comment?.author_association ?? '') || author === issue.user?.login;
  return { kind: 'command', pull: nameOf(payload, issue.number), asked, author, mayCommand };
}
