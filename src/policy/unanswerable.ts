/** What of a mail decides whether anybody may be answered; header values are unfolded, by lower-case name. */
export interface Answerable {
  headers: ReadonlyMap<string, readonly string[]>;
  /** Bare address of who wrote it; undefined when there is none. */
  author: string | undefined;
  /** Why reading already found that it may not be answered: masked, mangled, saved from a page. */
  neverAnswer: string | undefined;
}

export interface Self {
  /** Our own addresses, in small letters. */
  own: readonly string[];
  /** Who asked for no mail, in small letters. */
  optedOut: readonly string[];
}

const robots =
  /^(?:mailer-daemon|postmaster|bounces?|devnull|no-?reply|do-?not-?reply|listserv|majordomo|mlmmj|mailman)\b/i;

/**
 * Why a mail may not be answered, as one sentence; undefined when it may. Robots are never answered, nor bounces,
 * ourselves, mails from which an archive took the sender, nor people who asked for silence.
 */
export function whyUnanswerable(
  { headers, author, neverAnswer }: Answerable,
  { own, optedOut }: Self,
): string | undefined {
  const first = (name: string) => headers.get(name)?.[0]?.trim().toLowerCase();
  if (neverAnswer !== undefined) return neverAnswer;
  if ([...headers.keys()].some((name) => name.startsWith('x-faultline-'))) return 'it is a mail of ours';
  if (author === undefined || !author.includes('@')) return 'it names no author that can be answered';
  const address = author.toLowerCase();
  if (own.includes(address)) return 'it is a mail of ours';
  if (optedOut.includes(address)) return `${address} asked for no mail`;
  const automatic = first('auto-submitted');
  if (automatic !== undefined && automatic !== 'no')
    return `it was sent by a program (Auto-Submitted: ${automatic.slice(0, 40)})`;
  if (first('return-path') === '<>') return 'it is a bounce';
  const precedence = first('precedence');
  if (precedence === 'junk' || precedence === 'auto_reply')
    return `it was sent by a program (Precedence: ${precedence})`;
  if (precedence === 'bulk' && !headers.has('list-id')) return 'it was sent in bulk and not by a list';
  if (first('x-patchwork-hint') === 'ignore') return 'it asks tools to ignore it';
  if (first('content-type')?.startsWith('multipart/report') === true)
    return 'it is a report of a mail system';
  if (robots.test(address)) return `${address} is read by nobody`;
  return undefined;
}
