import type { Outgoing } from '../finding/outgoing.js';

/**
 * What became of an attempt. `doubt`: the server had all of the mail and did not say whether it took it; the same
 * bytes have to be sent again, which archives recognise by their Message-ID.
 */
export type Delivery =
  | {
      outcome: 'taken';
      /** Addresses that the server does not want, and those that it does not want now. */
      refusedFor: string[];
      laterFor: string[];
    }
  | { outcome: 'refused' | 'later' | 'unreachable' | 'doubt'; why: string };

/** Hands mails to a mail server (a port). Never rejects for what the server does. */
export interface Transport {
  send(mail: Outgoing): Promise<Delivery>;
  close(): void;
}

export interface ServerAddress {
  /** `smtp://`, `smtps://` or `lmtp://`, with the user in it and without a password. */
  url: string;
  password?: string | undefined;
}

const timeoutMs = 60_000;

/** A mail server by SMTP, SMTP over TLS or LMTP; each mail has a connection of its own. */
export async function openTransport(
  { url, password }: ServerAddress,
  limitMs = timeoutMs,
): Promise<Transport> {
  const { createTransport } = await import('nodemailer');
  const { protocol, hostname, port, username } = new URL(url);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const user = decodeURIComponent(username);
  const watch = new Handover();
  const mailer = createTransport({
    host,
    port: Number(port || (secure ? 465 : protocol === 'lmtp:' ? 24 : 587)),
    secure,
    lmtp: protocol === 'lmtp:',
    // A password never crosses the network in the clear.
    requireTLS: user !== '' && !secure && !isLoopback(host),
    ...(user === '' ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: limitMs,
    greetingTimeout: limitMs,
    socketTimeout: limitMs,
    dnsTimeout: limitMs,
    logger: watch,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ from, to, bytes }) {
      watch.complete = false;
      try {
        const { rejected, rejectedErrors } = await mailer.sendMail({ envelope: { from, to }, raw: bytes });
        const laterFor = (rejectedErrors ?? []).flatMap(laterRecipient);
        const refusedFor = rejected.map(String).filter((address) => !laterFor.includes(address));
        return { outcome: 'taken', refusedFor, laterFor };
      } catch (error) {
        return deliveryOf(error as MailError, watch.complete);
      }
    },
    close: () => mailer.close(),
  };
}

/** The connection tells its log, and nobody else, that the last byte of a mail went out. */
class Handover {
  complete = false;

  info(entry: { tnx?: string }): void {
    if (entry.tnx === 'message') this.complete = true;
  }

  level(): void {}
  trace(): void {}
  debug(): void {}
  warn(): void {}
  error(): void {}
  fatal(): void {}
}

/** Who was put off, as by a server that wants to see a stranger come back. */
function laterRecipient({ recipient, responseCode = 0 }: MailError): string[] {
  return recipient !== undefined && responseCode >= 400 && responseCode < 500 ? [recipient] : [];
}

interface MailError extends Error {
  /** What was said last: `CONN`, `AUTH LOGIN`, `MAIL FROM`. */
  command?: string | undefined;
  recipient?: string | undefined;
  responseCode?: number | undefined;
  response?: string | undefined;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

/** Before one of these, a server says no to us, for a wrong password as well, and to no mail. */
const aboutMail = /^(?:MAIL|RCPT|DATA)\b/;

/** A server's answer decides; without one, whether it had the whole mail. */
function deliveryOf(
  { responseCode = 0, response, command, message }: MailError,
  complete: boolean,
): Delivery {
  const why = (response ?? message).replace(/[^\x20-\x7e]+/g, ' ').slice(0, 300);
  if (responseCode >= 500 && (complete || aboutMail.test(command ?? ''))) return { outcome: 'refused', why };
  if (responseCode >= 400) return { outcome: 'later', why };
  return { outcome: complete ? 'doubt' : 'unreachable', why };
}
