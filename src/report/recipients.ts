import type { Address, ReviewedMessage } from '../finding/message.js';
import type { ReportContext } from './context.js';
import { isAddress } from './mail-header.js';

export interface Recipients {
  to: Address[];
  cc: Address[];
}

/** Each address once, whatever its case, without our own. */
function distinct(addresses: Address[], without: Set<string>): Address[] {
  const seen = new Set(without);
  return addresses.filter(({ address }) => {
    const key = address.toLowerCase();
    if (!isAddress(address) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** A relay (`devnull+...`) is never read: its author's real address is in Reply-To or Cc. */
function isRelay(address: Address): boolean {
  return /^(?:devnull|no-?reply|do-?not-?reply)\b/i.test(address.address);
}

function everybody(message: ReviewedMessage, own: Set<string>): Recipients {
  const wanted = message.replyTo.length > 0 ? message.replyTo : message.from;
  const to = distinct(
    wanted.filter((each) => !isRelay(each)),
    own,
  );
  const taken = new Set([...own, ...to.map((each) => each.address.toLowerCase())]);
  const others = [...message.from, ...message.to, ...message.cc].filter((each) => !isRelay(each));
  const cc = distinct(others, taken);
  return to.length > 0 ? { to, cc } : { to: cc.slice(0, 1), cc: cc.slice(1) };
}

/**
 * Who gets an answer to a mail. `quiet`: nothing was found, which goes to the author and to `lists` only; people
 * who were copied asked for no good news.
 */
export function recipientsOf(
  message: ReviewedMessage,
  { sender, audience, history }: ReportContext,
  quiet: boolean,
): Recipients {
  const { deliver, me } = audience;
  if (deliver === 'me') return { to: distinct([{ name: '', address: me ?? '' }], new Set()), cc: [] };
  const { to, cc } = everybody(message, new Set([sender.address.toLowerCase(), ...(history.left ?? [])]));
  if (deliver === 'author') return { to, cc: [] };
  return { to, cc: quiet ? cc.filter(({ address }) => isListLike(address)) : cc };
}

/** Lists live on hosts that are named for it, and people do not. */
function isListLike(address: string): boolean {
  return /\blists?\.|^@vger\./i.test(address.slice(address.lastIndexOf('@')));
}
