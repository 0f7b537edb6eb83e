import type { OutboxMail } from '../finding/outgoing.js';
import { escapeLine, escapeLines } from './escape.js';
import { count } from './phrase.js';

/** What waits, what went, and why; the newest stands last, where a terminal shows it. */
export function outboxText(mails: OutboxMail[], brake: { why: string } | null): string {
  const lines = mails.flatMap((mail) => [
    `${mail.state.padEnd(8)} ${escapeLine(mail.id)}`,
    `         ${escapeLine(mail.subject)}`,
    `         to ${mail.to.map(escapeLine).join(', ')}${inBrackets(remarks(mail))}`,
  ]);
  const held = mails.filter(({ state }) => state === 'held').length;
  lines.push('', `${count(mails.length, 'mail')}, ${held} held`);
  if (brake !== null)
    lines.push(`NOTHING IS SENT: ${escapeLine(brake.why)} (faultline outbox release, when you have looked)`);
  return `${lines.join('\n').trimStart()}\n`;
}

/** Why it is as it is, and for what is to be sent, when: an embargo lasts, and looks as if nothing happened. */
function remarks({ state, why, notBefore, createdAt }: OutboxMail): string[] {
  const waits = state === 'ready' && notBefore > createdAt;
  const when = new Date(notBefore).toISOString().slice(0, 16).replace('T', ' ');
  return [...(why === null ? [] : [escapeLine(why)]), ...(waits ? [`not before ${when} UTC`] : [])];
}

const inBrackets = (remarks: string[]) => (remarks.length === 0 ? '' : ` (${remarks.join('; ')})`);

/** The exact mail, made safe for a terminal. */
export function outboxMail({ bytes }: OutboxMail): string {
  return escapeLines(bytes.toString('utf8'));
}
