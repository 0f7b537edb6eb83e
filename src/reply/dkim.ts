import { atMost } from '../at-most.js';
import type { Asker } from '../policy/rights.js';

/** Looks a DNS record up, as `dns.promises.resolve` does. */
export type Resolver = (name: string, type: string) => Promise<unknown>;

const limitMs = 10_000;

/**
 * Whether a signature of the mail says that it comes from the domain of its author. `none` also where the key
 * cannot be looked up, or the text has grown since (lists add footers): then nobody is known to have written it,
 * which is different from a wrong signature.
 */
export async function dkimOf(raw: Buffer, author: string, resolver?: Resolver): Promise<Asker['dkim']> {
  const { dkimVerify } = (await import('mailauth/lib/dkim/verify.js')) as unknown as {
    dkimVerify(
      input: Buffer,
      options: object,
    ): Promise<{ results: { signingDomain?: string; status: { result: string } }[] }>;
  };
  const domain = author.toLowerCase().split('@')[1] ?? '';
  const verifying = dkimVerify(raw, resolver === undefined ? {} : { resolver }).catch(() => undefined);
  const verified = await atMost(limitMs, verifying);
  const own = (verified?.results ?? []).filter(({ signingDomain }) =>
    covers(signingDomain?.toLowerCase(), domain),
  );
  if (own.some(({ status }) => status.result === 'pass')) return 'pass';
  return own.some(({ status }) => status.result === 'fail') ? 'fail' : 'none';
}

/** A signature of example.org speaks for who writes from mail.example.org, not the other way round. */
function covers(signing: string | undefined, domain: string): boolean {
  return signing !== undefined && signing !== '' && (domain === signing || domain.endsWith(`.${signing}`));
}
