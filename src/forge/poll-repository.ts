import { readComments } from '../github/comment.js';
import { type PollCursor, poll } from '../github/poll.js';
import { readCommands } from '../policy/command.js';
import { type Desk, type RepositoryConfig, repositoryOf } from './desk.js';

/** How far a repository was looked at; kept in the store like that of any source. */
interface Cursor {
  pulls: PollCursor;
  /** Up to when comments were read; ms since 1970. */
  commentsMs: number;
  /** When it was looked at for the first time: what lay there long before is nobody's news. */
  sinceMs: number;
}

const dayMs = 86_400_000;
/** Clocks differ, and comments that were read already change nothing. */
const overlapMs = 60_000;

/** Asks a repository what is new, and notes it. What webhooks said already is no news then. */
export async function pollRepository({ name, pushes }: RepositoryConfig, desk: Desk): Promise<void> {
  const { forge, ledger, now } = desk;
  const { store, proposals } = ledger;
  const source = `github:${name}`;
  const where = repositoryOf(name);
  const askedMs = now();
  const cursor = (store.cursorOf(source) ?? null) as Cursor | null;
  const sinceMs = cursor?.sinceMs ?? askedMs - dayMs;
  const answer = await poll(forge, where, cursor?.pulls ?? { etag: null, heads: {} });
  const quiet = answer.cursor === cursor?.pulls;
  // A comment changes the list of pull requests as a push does: one that stands still holds no new one.
  if (!quiet) await hearComments(name, cursor?.commentsMs ?? sinceMs, desk);
  for (const { pull, changedMs } of answer.moved)
    if (changedMs >= sinceMs) proposals.ask({ repo: name, name: `pull/${pull.number}` }, askedMs);
  for (const number of answer.gone) proposals.ask({ repo: name, name: `pull/${number}` }, askedMs);
  for (const branch of pushes) proposals.ask({ repo: name, name: `branch/${branch}` }, askedMs);
  if (quiet) return;
  const next = { pulls: answer.cursor, commentsMs: askedMs - overlapMs, sinceMs };
  store.commit(source, [], next as never);
}

async function hearComments(repo: string, sinceMs: number, { forge, ledger }: Desk): Promise<void> {
  for (const { number, comment } of await readComments(forge, repositoryOf(repo), sinceMs)) {
    const { commands, unknown } = readCommands(comment.body);
    if (comment.isRobot || commands.length + unknown.length === 0) continue;
    const { id, author, standing, body, atMs } = comment;
    ledger.proposals.hear({ repo, name: `pull/${number}`, id, author, standing, body, atMs });
  }
}
