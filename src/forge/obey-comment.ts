import type { Review } from '../finding/review.js';
import { react } from '../github/comment.js';
import { type Command, type CommandName, commands, readCommands } from '../policy/command.js';
import { type Asker, whyRefused } from '../policy/rights.js';
import type { Proposal, Spoken } from '../store/proposals.js';
import { type Desk, repositoryOf, settingsOf } from './desk.js';

const maintaining = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);
const byMailOnly: readonly CommandName[] = ['approve', 'drop'];

/** Who asks, in the terms of the rights that mail has. The forge says who wrote, as DKIM does for mail. */
function askerOf({ author, standing }: Spoken, proposal: Proposal, desk: Desk): Asker {
  const address = author.toLowerCase();
  return {
    address,
    dkim: 'pass',
    author: proposal.author.toLowerCase(),
    addressees: [],
    maintainers: maintaining.has(standing) ? [address] : [],
    moderators: desk.github.moderators,
  };
}

/** Under which a finding is disputed in one pull request: what somebody says there does not silence a list. */
export function disputedAs({ repo, name }: Pick<Proposal, 'repo' | 'name'>, finding: string): string {
  return `${repo} ${name} ${finding}`;
}

/** Does what a comment asks for, once, by the rights of who wrote it, and shows them whether it was done. */
export async function obeyComment(spoken: Spoken, desk: Desk): Promise<void> {
  const { proposals } = desk.ledger;
  const proposal = proposals.get(spoken);
  // It was never looked at: this comes again when it was.
  if (proposal === undefined) return proposals.ask(spoken, desk.now());
  if (proposal.head === null) return close(spoken, false, 'nothing: there is no review here', desk);
  const asked = readCommands(spoken.body);
  const asker = askerOf(spoken, proposal, desk);
  const complaints = asked.commands.flatMap((command) => {
    const why = whyRefused(command.name, asker) ?? doOne(command, spoken, proposal, desk);
    return why === undefined ? [] : [`${command.name} (${spoken.author}): ${why}`];
  });
  const known = Object.keys(commands).filter((name) => !byMailOnly.includes(name as CommandName));
  for (const word of asked.unknown)
    complaints.push(`${word || '(nothing)'} (${spoken.author}): there are ${known.join(', ')}`);
  if (complaints.length > 0) proposals.complain(proposal, complaints);
  const names = asked.commands.map(({ name }) => name).join(', ');
  await close(spoken, complaints.length === 0, names, desk);
}

/** Shows whoever wrote it whether it was done, and is through with it. */
async function close(spoken: Spoken, done: boolean, what: string, desk: Desk): Promise<void> {
  const { repo, name, id } = spoken;
  if (settingsOf(desk.github, repo)?.publish === true && !id.startsWith('check/'))
    await react(desk.forge, repositoryOf(repo), id, done).catch(() => {});
  desk.ledger.proposals.heard(spoken, desk.now());
  desk.tell('heard', { proposal: `${repo} ${name}`, comment: id, what });
}

/** Why it cannot be done; undefined when it was. */
function doOne({ name, argument }: Command, spoken: Spoken, at: Proposal, desk: Desk): string | undefined {
  const { proposals } = desk.ledger;
  if (byMailOnly.includes(name)) return 'that is for mails that wait';
  if (name === 'unsubscribe') {
    desk.objections.optOut(optedOutAs(spoken.author), desk.now());
    proposals.touch(at);
  } else if (name === 'mute') proposals.mute(at);
  else if (name === 'explain') proposals.explain(at);
  else if (name === 'recheck') return recheck(at, desk);
  else return dispute(name as 'invalid', argument, spoken, at, desk);
  return undefined;
}

function recheck({ review }: Proposal, { ledger }: Desk): string | undefined {
  const state = review === null ? undefined : ledger.reviews.get(review)?.state;
  if (state === 'due' || state === 'queued') return 'its review has not ended yet';
  if (state !== 'done') return 'it has no review that could be done again';
  ledger.reviews.again(review!);
  return undefined;
}

/** No address: mail and forges opt out apart. */
export function optedOutAs(login: string): string {
  return `github:${login.toLowerCase()}`;
}

function dispute(
  kind: 'invalid' | 'expected' | 'fixed-by',
  reason: string,
  { author, repo, id }: Spoken,
  at: Proposal,
  desk: Desk,
): string | undefined {
  const findings = introducedIn(at, desk);
  if (findings.length === 0) return 'nothing was found that it could be about';
  const said = { kind, who: `${author.toLowerCase()}@github`, reason, messageId: `github:${repo} ${id}` };
  for (const finding of findings)
    desk.objections.dispute({ ...said, finding: disputedAs(at, finding), at: desk.now() });
  desk.ledger.proposals.touch(at);
  return undefined;
}

function introducedIn({ review }: Proposal, { ledger }: Desk): string[] {
  const result = review === null ? undefined : ledger.reviews.get(review)?.result;
  const patches: Review['patches'] = result?.outcome === 'reviewed' ? result.report.patches : [];
  return patches.flatMap(({ findings }) =>
    findings.filter(({ status }) => status === 'introduced').map(({ id }) => id),
  );
}
