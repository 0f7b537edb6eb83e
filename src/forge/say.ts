import type { Outcome } from '../finding/outcome.js';
import { isFinal, statusOf } from '../github/forge.js';
import { type Published, publish, publishPush, publishWithout } from '../github/publish.js';
import { readPull } from '../github/pull.js';
import type { Proposal, Unsaid } from '../store/proposals.js';
import { type Desk, pullOf, repositoryOf, settingsOf } from './desk.js';
import { disputedAs, optedOutAs } from './obey-comment.js';

const mostLinks = 5;

/**
 * Says on the forge what came of a review. The forge is asked first what stands there, and made to say this: cut off
 * anywhere, the next time finds what was done and does the rest.
 */
export async function say(unsaid: Unsaid, desk: Desk): Promise<void> {
  const { reviews, proposals } = desk.ledger;
  const proposal = proposals.get(unsaid)!;
  const result = reviews.get(unsaid.review)?.result;
  const answer =
    settingsOf(desk.github, unsaid.repo)?.publish !== true
      ? 'silent: publishing is off'
      : result === undefined
        ? 'silent: there is no result to tell'
        : await sayOn(proposal, result, desk).catch(refusal);
  reviews.answered(unsaid.review, answer);
  proposals.said(unsaid);
  desk.tell('told', { proposal: `${unsaid.repo} ${unsaid.name}`, review: unsaid.review, answer });
}

async function sayOn(proposal: Proposal, result: Outcome, desk: Desk): Promise<string> {
  const { ledger, archive, forge } = desk;
  const mails = ledger.samePatch.mailsLike(proposal.review!, mostLinks);
  const links = mails.filter((id) => /^[\w.@+=-]+$/.test(id)).map((id) => `${archive}${id}`);
  const name = pullOf(proposal);
  if (name === undefined) {
    const head = { ...repositoryOf(proposal.repo), headSha: proposal.head!, proposal: proposal.name };
    return told(result, await publishPush(forge, head, result, { links }));
  }
  const pull = await readPull(forge, name);
  if (pull.headSha !== proposal.head || !pull.open) {
    // Of a commit that is not the head any more nobody wants to read; a look finds what is.
    ledger.proposals.ask(proposal, desk.now());
    return 'silent: it moved on';
  }
  if (result.outcome !== 'reviewed') return told(result, await publishWithout(forge, pull, result));
  const disputed = desk.objections.disputed();
  const published = await publish(forge, pull, result.report, {
    links,
    muted: proposal.muted || desk.objections.optedOut().includes(optedOutAs(proposal.author)),
    explain: proposal.explain,
    complaints: proposal.complaints,
    isDisputed: ({ id }) => disputed.has(disputedAs(proposal, id)) || disputed.has(id),
  });
  return told(result, published);
}

/** What the forge will refuse the next time, too, is not tried for ever: a conversation may be locked. */
function refusal(error: unknown): string {
  if (!isFinal(error)) throw error;
  return `silent: the forge refuses it (${statusOf(error)})`;
}

/** Findings and silence are told apart: when everything has findings, the brake has to see that. */
function told(result: Outcome, { comment, noCheck }: Published): string {
  const patches = result.outcome === 'reviewed' ? result.report.patches : [];
  const found = patches.some(({ findings }) => findings.some(({ status }) => status === 'introduced'));
  const check = noCheck === null ? 'check made' : `no check: ${noCheck}`;
  return `${found ? 'told' : 'quiet'}: comment ${comment}, ${check}`;
}
