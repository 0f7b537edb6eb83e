import type { OutboxMail } from '../finding/outgoing.js';
import { type Command, type CommandName, commands } from '../policy/command.js';
import { type Asker, whyRefused } from '../policy/rights.js';
import type { Incoming, Received } from './classify.js';
import type { Correspondence } from './correspondence.js';

/** What is left to do after a mail with commands: told to the daemon, and to the asker where something was wrong. */
export interface Obeyed {
  /** Series that are to be reviewed anew, and whose findings the asker wants to see in full. */
  recheck: string[];
  explain: string[];
  /** Lines for an answer; empty when everything was understood and done: success needs no mail. */
  complaints: string[];
}

/** Everybody who is known to have a say, but for the mail's own author. */
export type Standing = Pick<Asker, 'dkim' | 'maintainers' | 'moderators'>;

/** Does what the lines of a mail ask for, each by the rights of who wrote it. */
export function obey(
  mail: Received,
  { asked }: Extract<Incoming, { kind: 'command' }>,
  standing: Standing,
  { outbox, objections }: Correspondence,
  now: number,
): Obeyed {
  const about = mail.answers.map((id) => outbox.find(id)).find((each) => each !== undefined);
  const address = (mail.author ?? '').toLowerCase();
  const asker: Asker = {
    ...standing,
    address,
    author: about?.author,
    addressees: about?.to.map((each) => each.toLowerCase()) ?? [],
  };
  const obeyed: Obeyed = { recheck: [], explain: [], complaints: [] };
  const complain = (name: string, why: string) => obeyed.complaints.push(`${name}: ${why}`);

  const dispute = (kind: 'invalid' | 'expected' | 'fixed-by', reason: string, findings: string[]): void => {
    for (const finding of findings)
      objections.dispute({ finding, kind, who: address, reason, messageId: mail.messageId, at: now });
  };

  const decide = (name: 'approve' | 'drop', argument: string): void => {
    const id = argument.replace(/^<|>$/g, '');
    const held = outbox.find(id) ?? about;
    if (held === undefined) complain(name, 'say which mail, by its Message-ID');
    else if (held.state !== 'held') complain(name, `that mail is ${held.state}`);
    else outbox.move(held.id, name === 'approve' ? 'ready' : 'dropped', { why: `${name} by ${address}` });
  };

  // What waits would still be said.
  const leave = (): void => {
    objections.optOut(address, now);
    const isTheirs = ({ author, to }: OutboxMail) =>
      author === address && to.some((each) => each.toLowerCase() === address);
    outbox.dropThose(isTheirs, `${address} wants no mail`);
  };
  const mute = (thread: string): void => {
    objections.mute(thread, address, now);
    outbox.dropThose((mail) => mail.thread === thread, `${address} muted the thread`);
  };

  const obeyOne = ({ name, argument }: Command): void => {
    const refused = whyRefused(name, asker);
    if (refused !== undefined) complain(name, refused);
    else if (name === 'unsubscribe') leave();
    else if (name === 'approve' || name === 'drop') decide(name, argument);
    else if (about === undefined)
      complain(name, 'answer the mail that it is about, so that it is known which');
    else if (name === 'mute') mute(about.thread);
    else if (name === 'recheck' || name === 'explain') obeyed[name].push(about.series);
    else dispute(name, argument, about.findings);
  };

  for (const command of asked.commands) obeyOne(command);
  for (const word of asked.unknown)
    complain(word || '(nothing)', `there is no such command; there are ${listed()}`);
  return obeyed;
}

function listed(): string {
  return (Object.keys(commands) as CommandName[])
    .filter((name) => name !== 'approve' && name !== 'drop')
    .join(', ');
}
