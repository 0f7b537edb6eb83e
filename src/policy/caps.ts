import type { Policy } from '../config/config.js';

/** A mail that went out or is on its way; times in ms since 1970. */
export interface Sent {
  at: number;
  /** First Message-ID of the thread that it went into. */
  thread: string;
  author: string;
  lists: readonly string[];
}

/** Why a mail has to wait, and until when it has to at least; undefined: it stands until a person decides. */
export interface Hold {
  why: string;
  until: number | undefined;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Counts mails of every kind; undefined when this one stays below all caps. */
export function whyHeld(mail: Sent, before: readonly Sent[], caps: Policy['caps']): Hold | undefined {
  const within = (ms: number, same: (sent: Sent) => boolean) =>
    before.filter((sent) => sent.at > mail.at - ms && sent.at <= mail.at && same(sent));
  const thread = before.filter((sent) => sent.thread === mail.thread).length;
  if (thread >= caps.perThread)
    return { why: `the thread has ${count(thread)} from here already`, until: undefined };
  const author = within(dayMs, (sent) => sent.author === mail.author);
  if (author.length >= caps.perAuthorAndDay)
    return over(author, caps.perAuthorAndDay, dayMs, `${mail.author} got`, 'day');
  for (const list of mail.lists) {
    const posted = within(hourMs, (sent) => sent.lists.includes(list));
    if (posted.length >= caps.perListAndHour)
      return over(posted, caps.perListAndHour, hourMs, `${list} got`, 'hour');
  }
  const all = within(dayMs, () => true);
  return all.length >= caps.perDay ? over(all, caps.perDay, dayMs, 'there were', 'day') : undefined;
}

/** The oldest of the last `cap` mails leaves the window first. */
function over(sent: Sent[], cap: number, windowMs: number, who: string, window: string): Hold {
  const times = sent.map(({ at }) => at).sort((a, b) => b - a);
  const oldest = cap === 0 ? undefined : times[cap - 1];
  return {
    why: `${who} ${count(sent.length)} within a ${window}`,
    until: oldest === undefined ? undefined : oldest + windowMs,
  };
}

const count = (mails: number) => (mails === 1 ? '1 mail' : `${mails} mails`);
