import type { Outgoing } from '../finding/outgoing.js';

/**
 * What became of an attempt. `doubt`: the server had all of the mail and did not say whether it took it; the same
 * bytes have to be sent again, which archives recognise by their Message-ID.
 */
export type Delivery =
  | { outcome: 'taken'; refusedFor: string[] }
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
        const { rejected } = await mailer.sendMail({ envelope: { from, to }, raw: bytes });
        return { outcome: 'taken', refusedFor: rejected.map(String) };
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

interface MailError extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

/** A server's answer decides; without one, whether it had the whole mail. */
function deliveryOf({ responseCode, response, code, message }: MailError, complete: boolean): Delivery {
  const why = (response ?? message).replace(/[^\x20-\x7e]+/g, ' ').slice(0, 300);
  if (responseCode !== undefined && responseCode >= 500) return { outcome: 'refused', why };
  if (responseCode !== undefined && responseCode >= 400) return { outcome: 'later', why };
  if (complete) return { outcome: 'doubt', why };
  return { outcome: code === 'EAUTH' ? 'refused' : 'unreachable', why };
}
