import type { Config, Policy } from '../config/config.js';
import type { ReviewedMessage } from '../finding/message.js';
import type { Outgoing } from '../finding/outgoing.js';
import type { Review } from '../finding/review.js';
import { strictest } from '../policy/strictest.js';
import { type Answerable, whyUnanswerable } from '../policy/unanswerable.js';
import { defaultContext, type History, type ReportContext } from '../report/context.js';
import { type ComposedMail, composeMail } from '../report/email.js';
import type { Correspondence } from './correspondence.js';
import { withDate } from './date.js';
import type { Outbox } from './outbox.js';

/** A review that has ended, with the mails it is about. */
export interface Reviewed {
  review: Review;
  /** By Message-ID. */
  messages: ReadonlyMap<string, ReviewedMessage>;
  /** The same mails as policy has to see them. */
  answerable: ReadonlyMap<string, Answerable>;
  /** Every list that any copy of any mail of the series came through. */
  lists: readonly string[];
  /** Names the series and its version. */
  series: string;
  /** Names under which it was told of while patches or its cover were missing. */
  inPart?: readonly string[];
  history: History;
  /** Addresses where the same patches are discussed. */
  elsewhere?: readonly string[];
  /** When the last mail of the series came; ms since 1970. */
  completedAt: number;
}

/** What becomes of a review: a mail in the outbox, or nothing and why. */
export type Answer =
  | { kind: 'ready' | 'held'; id: string; why: string | null; findings: string[] }
  | { kind: 'silent' | 'known'; why: string };

/** The context in which a mail of this configuration is written, for a series that went to some lists. */
export function mailContext(
  config: Config,
  policy: Policy,
  reviewed: Pick<Reviewed, 'messages' | 'history' | 'elsewhere'>,
): ReportContext {
  const { name, address, archive, contact } = config.identity;
  const { deliver, sayFixed, sayClean, actionRequired } = policy;
  return {
    ...defaultContext,
    messages: reviewed.messages,
    history: {
      ...reviewed.history,
      left: new Set([...config.authors.never, ...(reviewed.history.left ?? [])]),
    },
    elsewhere: reviewed.elsewhere ?? [],
    sender: { name, address, archive, contact: contact ?? null },
    audience: { deliver, me: config.me ?? null, sayFixed, sayClean, actionRequired },
  };
}

/** Writes the one mail that a reviewed series gets, if it gets one, and puts it into the outbox. */
export function answer(
  reviewed: Reviewed,
  config: Config,
  { outbox, objections }: Correspondence,
  now: number,
): Answer {
  const policy = policyFor(reviewed, config);
  const names = namesToReplace(reviewed, outbox);
  const mail = composeMail(reviewed.review, mailContext(config, policy, reviewed));
  if ('silent' in mail) {
    // What was to be said of a part, or on fewer lists, does not hold any more.
    for (const name of names) outbox.dropSeries(name, mail.silent);
    return { kind: 'silent', why: mail.silent };
  }
  const answered = reviewed.answerable.get(mail.answers);
  if (answered === undefined) return { kind: 'silent', why: 'the mail to answer is not at hand' };
  const optedOut = policy.deliver === 'me' ? [] : [...config.authors.never, ...objections.optedOut()];
  const self = { own: [config.identity.address], optedOut };
  const refused = whyUnanswerable(answered, self);
  if (refused !== undefined) return { kind: 'silent', why: refused };
  const thread = reviewed.messages.get(mail.answers)?.references[0] ?? mail.answers;
  if (objections.isMuted(thread)) return { kind: 'silent', why: 'the thread was muted' };
  const why = whyHeldBack(config, policy, reviewed.lists.length === 0);
  const state = why === null ? 'ready' : 'held';
  const outgoing = outgoingOf(mail, reviewed, config, now);
  const notBefore = Math.max(now, reviewed.completedAt + policy.embargo);
  if (!outbox.put(outgoing, { state, why, notBefore, now }, names))
    return { kind: 'known', why: 'it was said already' };
  return { kind: state, id: mail.id, why, findings: mail.findings };
}

/** What did not leave yet and was written when less was known: of a part of the series, or without a stricter list. */
function namesToReplace({ series, lists, inPart = [] }: Reviewed, outbox: Outbox): string[] {
  const fewer = outbox.about(series).some((mail) => lists.some((list) => !mail.lists.includes(list)));
  return fewer ? [...inPart, series] : [...inPart];
}

/** A patch that came to us alone is answered to its author alone, if we know them; else nobody but us hears of it. */
function policyFor({ lists, answerable }: Reviewed, config: Config): Policy {
  const policy = strictest(config, lists);
  if (lists.length > 0) return policy;
  const authors = [...answerable.values()].map(({ author }) => author?.toLowerCase() ?? '');
  const isKnown = authors.length > 0 && authors.every((author) => config.authors.direct.includes(author));
  return {
    ...policy,
    deliver: isKnown ? 'author' : 'me',
    embargo: isKnown ? 0 : policy.embargo,
    sayClean: isKnown,
  };
}

/** Whoever runs Faultline, or asked for a review in private, is told; for all others a person has to consent. */
function whyHeldBack({ mail }: Config, { deliver }: Policy, isPrivate: boolean): string | null {
  if (mail.dryRun) return 'dry run';
  return mail.moderated && deliver !== 'me' && !isPrivate ? 'waits for approval' : null;
}

function outgoingOf(mail: ComposedMail, reviewed: Reviewed, config: Config, now: number): Outgoing {
  const message = reviewed.messages.get(mail.answers) as ReviewedMessage;
  return {
    id: mail.id,
    key: `reply:${reviewed.series}`,
    series: reviewed.series,
    thread: message.references[0] ?? mail.answers,
    author: reviewed.answerable.get(mail.answers)?.author?.toLowerCase() ?? '',
    lists: [...reviewed.lists],
    from: config.identity.address,
    to: [...mail.to, ...mail.cc].map(({ address }) => address),
    subject: mail.subject,
    findings: mail.findings,
    bytes: Buffer.from(withDate(mail.text, now)),
  };
}
