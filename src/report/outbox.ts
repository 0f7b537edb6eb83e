import type { OutboxMail } from '../finding/outgoing.js';
import { escapeLine, escapeLines } from './escape.js';
import { count } from './phrase.js';

/** What waits, what went, and why; the newest stands last, where a terminal shows it. */
export function outboxText(mails: OutboxMail[], brake: { why: string } | null): string {
  const lines = mails.flatMap(({ state, id, subject, to, why }) => [
    `${state.padEnd(8)} ${escapeLine(id)}`,
    `         ${escapeLine(subject)}`,
    `         to ${to.map(escapeLine).join(', ')}${why === null ? '' : ` (${escapeLine(why)})`}`,
  ]);
  const held = mails.filter(({ state }) => state === 'held').length;
  lines.push('', `${count(mails.length, 'mail')}, ${held} held`);
  if (brake !== null)
    lines.push(`NOTHING IS SENT: ${escapeLine(brake.why)} (faultline outbox release, when you have looked)`);
  return `${lines.join('\n').trimStart()}\n`;
}

/** The exact mail, made safe for a terminal. */
export function outboxMail({ bytes }: OutboxMail): string {
  return escapeLines(bytes.toString('utf8'));
}
