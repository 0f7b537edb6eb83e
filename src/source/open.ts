import { stat } from 'node:fs/promises';
import { readAccount } from './address.js';
import type { Inbox } from './inbox.js';
import { SourceFailure } from './source-failure.js';
import { type Patience, supervise } from './supervise.js';

export interface OpenOptions {
  environment: Record<string, string | undefined>;
  stdin: AsyncIterable<Buffer>;
  patience: Patience;
}

/** A path: what lies there decides. */
async function openPath(path: string): Promise<Inbox> {
  const status = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const why =
      cause.code === 'ENOENT' ? 'there is no such file or folder' : `cannot be read (${cause.code})`;
    throw new SourceFailure('refused', `${path}: ${why}`, { cause });
  });
  if (!status.isDirectory()) return (await import('./mbox.js')).openMbox(path);
  const { isMaildir, openMaildir } = await import('./maildir.js');
  if (await isMaildir(path)) return openMaildir(path);
  const { isPublicInbox, openPublicInbox } = await import('./public-inbox.js');
  if (await isPublicInbox(path)) return openPublicInbox(path);
  throw new SourceFailure('refused', `${path}: neither a Maildir nor an archive of public-inbox`);
}

/**
 * The source that an address means: `-`, a path, or imap(s), nntp(s), http(s). What needs a connection makes
 * it when it is read. Throws a SourceFailure when the address means nothing.
 */
export async function openSource(address: string, options: OpenOptions): Promise<Inbox> {
  if (address === '-') return (await import('./mbox.js')).openStdin(options.stdin);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined) return openPath(address);
  if (scheme === 'http' || scheme === 'https') {
    const { openArchive } = await import('./archive.js');
    const archive = openArchive(address);
    return supervise(archive.name, async () => archive, options.patience);
  }
  if (!/^(imap|nntp)s?$/.test(scheme))
    throw new SourceFailure('refused', `${scheme}: there is no such source`);
  const account = await readAccount(address, options.environment);
  const connect = async (): Promise<Inbox> =>
    scheme.startsWith('imap')
      ? (await import('./imap.js')).openImap(account)
      : (await import('./nntp.js')).openNntp(account);
  return supervise(account.name, connect, options.patience);
}
