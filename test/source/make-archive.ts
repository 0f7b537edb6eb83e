import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

function git(gitDir: string, args: string[], input?: Buffer): string {
  return execFileSync('git', [`--git-dir=${gitDir}`, ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
    ...(input === undefined ? {} : { input }),
    env: { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
  });
}

export interface Commit {
  /** `m`: the mail is added. `d`: it is withdrawn. */
  as: 'm' | 'd';
  raw: Buffer;
}

function commitText({ as, raw }: Commit, second: number, parent: string): Buffer {
  return Buffer.concat([
    Buffer.from(
      `commit refs/heads/master\ncommitter Archive <archive@example.org> ${second} +0000\ndata 4\nmail\n${parent}deleteall\nM 100644 inline ${as}\ndata ${raw.length}\n`,
    ),
    raw,
    Buffer.from('\n'),
  ]);
}

/** Puts commits on top of an epoch, as public-inbox does; makes the epoch when it is not there. */
export function appendToEpoch(gitDir: string, commits: Commit[]): void {
  mkdirSync(gitDir, { recursive: true });
  git(gitDir, ['init', '-q', '--bare']);
  git(gitDir, ['symbolic-ref', 'HEAD', 'refs/heads/master']);
  const count = countOf(gitDir);
  const parent = count > 0 ? 'from refs/heads/master^0\n' : '';
  // One second a commit: the time of arrival that public-inbox goes by.
  const texts = commits.map((commit, at) =>
    commitText(commit, 1_772_668_800 + count + at, at === 0 ? parent : ''),
  );
  git(
    gitDir,
    ['fast-import', '--quiet', '--date-format=raw'],
    Buffer.concat([...texts, Buffer.from('done\n')]),
  );
}

/** What git itself counts. */
export function countOf(gitDir: string): number {
  try {
    return Number(git(gitDir, ['rev-list', '--count', 'refs/heads/master']).trim());
  } catch {
    return 0;
  }
}

/** Leaves nothing of the last commits, as an archive does that rewrites its history. */
export function dropLast(gitDir: string, count: number): void {
  git(gitDir, ['update-ref', 'refs/heads/master', `refs/heads/master~${count}`]);
}

export function epochOf(folder: string, number = 0): string {
  return join(folder, 'git', `${number}.git`);
}

export function mailsAsCommits(raws: Buffer[]): Commit[] {
  return raws.map((raw) => ({ as: 'm', raw }));
}
