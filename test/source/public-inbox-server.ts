import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port.js';
import { appendToEpoch, type Commit, epochOf, mailsAsCommits } from './make-archive.js';
import { handOver, identity, startServer } from './server.js';

export interface PublicInboxServer {
  http: string;
  imap: string;
  nntp: string;
  nntpPort: number;
  imapPort: number;
  /** The archive that is served, as the git adapter reads it. */
  folder: string;
  add(raws: Buffer[]): void;
  /** Takes a mail as a mail server hands it over: by public-inbox's own delivery agent. */
  take(raw: Buffer): void;
  commit(commits: Commit[]): void;
  stop(): Promise<void>;
}

/** A real public-inbox with one list, served over HTTP, NNTP and IMAP. */
export async function startPublicInbox(
  folder: string,
  raws: Buffer[],
  address = 'list@example.org',
): Promise<PublicInboxServer> {
  const [http, nntp, imap] = [await freePort(), await freePort(), await freePort()];
  const list = join(folder, 'list');
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const env = { HOME: home, PI_CONFIG: join(home, 'config'), PATH: process.env.PATH ?? '' };
  const settings = { env, stdio: 'pipe', cwd: folder, ...identity } as const;
  const run = (program: string, ...args: string[]) => {
    handOver(folder);
    execFileSync(program, args, settings);
  };
  const url = `http://127.0.0.1:${http}/list`;
  run('public-inbox-init', '-V2', '-L', 'medium', '--ng', 'org.example.list', 'list', list, url, address);
  // There is no spam filter to ask.
  run('git', 'config', '-f', env.PI_CONFIG, 'publicinboxmda.spamcheck', 'none');
  const commit = (commits: Commit[]) => {
    appendToEpoch(epochOf(list), commits);
    run('public-inbox-index', '-L', 'medium', list);
  };
  if (raws.length > 0) commit(mailsAsCommits(raws));
  const listeners = [`http://127.0.0.1:${http}`, `nntp://127.0.0.1:${nntp}`, `imap://127.0.0.1:${imap}`];
  const stop = await startServer(
    'public-inbox-netd',
    ['-W0', ...listeners.flatMap((listener) => ['-l', listener])],
    [http, nntp, imap],
    env,
  );
  return {
    http: `${url}/`,
    imap: `imap://127.0.0.1:${imap}/org.example.list.0`,
    nntp: `nntp://127.0.0.1:${nntp}/org.example.list`,
    nntpPort: nntp,
    imapPort: imap,
    folder: list,
    add: (more) => commit(mailsAsCommits(more)),
    take: (input) =>
      execFileSync('public-inbox-mda', ['--no-precheck'], {
        ...settings,
        input,
        env: { ...env, ORIGINAL_RECIPIENT: address },
      }),
    commit,
    stop,
  };
}
