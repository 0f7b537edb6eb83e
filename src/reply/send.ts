import type { Policy } from '../config/config.js';
import type { OutboxMail } from '../finding/outgoing.js';
import { whyHeld } from '../policy/caps.js';
import type { Outbox } from './outbox.js';
import type { Transport } from './transport.js';

const dayMs = 86_400_000;
const firstWaitMs = 60_000;
const longestWaitMs = 6 * 3_600_000;
/** After this many attempts, spread over three days, somebody has to look. */
const mostAttempts = 24;

export interface Sending {
  outbox: Outbox;
  transport: Transport;
  capsOf: (lists: readonly string[]) => Policy['caps'];
  now: () => number;
}

/** What one turn did; `nothing`: no mail is due, or the brake is on. */
export type Turn = 'nothing' | 'sent' | 'held' | 'later' | 'failed';

/**
 * Sends the mail that is due, if there is one. The outbox knows before the first byte that it is on its way, and
 * after the server's answer what became of it: a crash in between leads to the same bytes once more, and to nothing
 * else.
 */
export async function sendNext({ outbox, transport, capsOf, now }: Sending): Promise<Turn> {
  if (outbox.brake() !== undefined) return 'nothing';
  const mail = outbox.due(now());
  if (mail === undefined) return 'nothing';
  // What may be out already is not held back: it has to be finished.
  const hold =
    mail.state === 'sending'
      ? undefined
      : whyHeld(sentOf(mail, now()), earlier(outbox, mail, now()), capsOf(mail.lists));
  if (hold !== undefined) {
    if (hold.until === undefined) outbox.move(mail.id, 'held', { why: hold.why });
    else outbox.move(mail.id, 'ready', { why: hold.why, notBefore: hold.until });
    return 'held';
  }
  if (!outbox.begin(mail)) return 'later';
  const delivery = await transport.send(mail);
  const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(20, mail.attempts));
  if (delivery.outcome === 'taken') {
    const { refusedFor, laterFor } = delivery;
    const refused = refusedFor.join(', ');
    if (laterFor.length > 0 && mail.attempts + 1 < mostAttempts) {
      const why = `later for ${laterFor.join(', ')}${refused === '' ? '' : `; refused for ${refused}`}`;
      outbox.goOn(mail.id, laterFor, { why, notBefore: now() + wait, sentAt: now() });
      return 'later';
    }
    outbox.move(mail.id, 'sent', { sentAt: now(), why: refused === '' ? null : `refused for ${refused}` });
    return 'sent';
  }
  if (delivery.outcome === 'refused' || mail.attempts + 1 >= mostAttempts) {
    outbox.move(mail.id, 'failed', { why: delivery.why });
    return 'failed';
  }
  const state = delivery.outcome === 'doubt' ? 'sending' : 'ready';
  outbox.move(mail.id, state, { why: delivery.why, notBefore: now() + wait });
  return 'later';
}

function sentOf({ thread, author, lists }: OutboxMail, at: number) {
  return { at, thread, author, lists };
}

function earlier(outbox: Outbox, mail: OutboxMail, now: number) {
  const sent = new Map(
    [...outbox.sentSince(now - dayMs), ...outbox.sentInto(mail.thread)].map((each) => [each.id, each]),
  );
  return [...sent.values()].map((each) => sentOf(each, each.sentAt ?? each.createdAt));
}
