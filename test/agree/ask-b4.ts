import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `b4 am` makes of a thread. */
export interface B4Series {
  /** Message-IDs of the patches, in order. */
  ids: string[];
  /** Numbers that it says are missing. */
  missing: string[];
  /** What `git am` takes. */
  mbox: Buffer;
  said: string;
}

const settings = `[b4]
\tattestation-policy = off
[user]
\tname = A Developer
\temail = dev@example.org
`;

/** A home in which b4 knows one public-inbox and nobody's settings. */
export function homeFor(work: string, url: string | undefined): string {
  const home = join(work, 'b4');
  mkdirSync(join(home, 'out'), { recursive: true });
  const masks = url === undefined ? '' : `[b4]\n\tmidmask = ${url}/%s\n\tlinkmask = ${url}/%s\n`;
  writeFileSync(join(home, '.gitconfig'), settings + masks);
  return home;
}

/** Runs b4 with nobody's settings but those of its home; answers what it says, whether or not it fails. */
export function runB4(home: string, args: string[]): string {
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_DATA_HOME: join(home, 'data'),
    LC_ALL: 'C.UTF-8',
  };
  try {
    return execFileSync('b4', args, {
      cwd: home,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
    });
  } catch (error) {
    return `${(error as { stderr?: string }).stderr ?? error}`;
  }
}

/** Asks b4 for one version in the thread of a mail: from its public-inbox, or from an mbox. */
export function askB4(home: string, id: string, version: number, mbox?: string): B4Series {
  const out = join(home, 'out');
  for (const end of ['mbx', 'cover']) rmSync(join(out, `one.${end}`), { force: true });
  const from = mbox === undefined ? [] : ['-m', mbox];
  const args = [
    '--no-stdin',
    'am',
    '-C',
    ...from,
    '--no-add-trailers',
    '-v',
    `${version}`,
    '-o',
    out,
    '-n',
    'one',
    id,
  ];
  const said = runB4(home, args);
  const file = join(out, 'one.mbx');
  const made = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const ids = [...made.toString('latin1').matchAll(/^Message-Id: <([^<>\s]+)>$/gim)].map(
    (match) => match[1]!,
  );
  const missing = [...said.matchAll(/missing \[(\d+)\/\d+\]/g)].map((match) => match[1]!);
  return { ids, missing, mbox: made, said };
}

export function hasB4(): boolean {
  try {
    execFileSync('b4', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
