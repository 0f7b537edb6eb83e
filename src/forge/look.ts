import { readBranch, readPush } from '../github/branch.js';
import { statusOf } from '../github/forge.js';
import { type Pull, type PullName, readPull, readSeries } from '../github/pull.js';
import type { Proposal, ProposalName } from '../store/proposals.js';
import { type Desk, pullOf, repositoryOf } from './desk.js';
import { plan } from './plan.js';

/** Looks at a proposal as it stands now, whatever was said of it, and has reviewed what is new. */
export async function look(at: ProposalName, desk: Desk): Promise<void> {
  const askedMs = desk.now();
  const pull = pullOf(at);
  const closed = pull === undefined ? await lookAtBranch(at, desk) : await lookAtPull(at, pull, desk);
  desk.ledger.proposals.settle(at, askedMs, { closed });
}

/** Answers whether it is closed. */
async function lookAtPull(at: ProposalName, name: PullName, desk: Desk): Promise<boolean> {
  const { forge, ledger } = desk;
  const known = ledger.proposals.get(at);
  const pull = await readPull(forge, name).catch(goneAs(undefined));
  if (pull === undefined || !pull.open) {
    await giveUp(known?.review, desk);
    return true;
  }
  const isKnown = known?.head === pull.headSha && known.review !== null && !known.closed;
  if (isKnown || pull.draft) return false;
  const patch = await patchOf(() => readSeries(forge, name));
  const after = await readPull(forge, name);
  // Somebody pushed between the two questions: which patch was read nobody knows.
  if (after.headSha !== pull.headSha) throw new MovedOn();
  const version = (known?.version ?? 0) + 1;
  const review = await plan(at, posedOf(pull, patch, version), desk);
  ledger.proposals.stand(at, { head: pull.headSha, author: pull.author, review, version });
  if (known?.review !== review) await giveUp(known?.review, desk);
  return false;
}

/** It changed while it was looked at: look again. */
export class MovedOn extends Error {}

function posedOf(
  { headSha, title, author, commits }: Pull,
  patch: Buffer | { why: string },
  version: number,
) {
  return { head: headSha, title, author, commits, patch, version };
}

/** A push is a proposal of its own: the next one makes it no less worth knowing. */
async function lookAtBranch(at: ProposalName, desk: Desk): Promise<boolean> {
  const { forge, ledger } = desk;
  const where = repositoryOf(at.repo);
  const known = ledger.proposals.get(at);
  const head = await readBranch(forge, where, at.name.slice('branch/'.length)).catch(goneAs(undefined));
  if (head === undefined || head === known?.head) return false;
  if (known?.head != null) await lookAtPush(at, known.head, head, desk);
  ledger.proposals.stand(at, { head, author: '', review: null, version: (known?.version ?? 0) + 1 });
  return false;
}

async function lookAtPush(
  { repo, name }: ProposalName,
  before: string,
  head: string,
  desk: Desk,
): Promise<void> {
  const pushed = await readPush(desk.forge, repositoryOf(repo), before, head).catch(goneAs(undefined));
  if (pushed?.commits === 0) return;
  const branch = name.slice('branch/'.length);
  // Two branches may be pushed to one commit, from different places.
  const at = { repo, name: `push/${head}/${branch}` };
  // After a force-push the forge may have thrown away what stood there: that is told, and not passed over.
  const why = `the forge cannot compare it with ${before.slice(0, 12)}, where the branch stood`;
  const { title, commits } = pushed ?? { title: `a push to ${branch}`, commits: 0 };
  const patch = pushed === undefined ? { why } : await patchOf(pushed.read);
  const posed = { head, title, author: '', commits, patch, version: 1 };
  const review = await plan(at, posed, desk);
  desk.ledger.proposals.stand(at, { head, author: '', review, version: 1 });
}

/** Nobody needs the review of what was replaced or closed. */
async function giveUp(review: Proposal['review'] | undefined, { ledger, forget }: Desk): Promise<void> {
  if (review == null) return;
  ledger.reviews.supersede(review);
  await forget(review).catch(() => {});
}

/** A forge makes no patch of what is too large for it. */
async function patchOf(read: () => ReturnType<typeof readSeries>): Promise<Buffer | { why: string }> {
  try {
    return await read();
  } catch (error) {
    const status = statusOf(error);
    if (status !== 406 && status !== 422) throw error;
    return { why: 'it is too large: the forge hands out no patch of it' };
  }
}

function goneAs<Instead>(instead: Instead): (error: unknown) => Instead {
  return (error) => {
    if (statusOf(error) !== 404) throw error;
    return instead;
  };
}
