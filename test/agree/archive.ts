import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readSubject } from '../../src/series/read-subject.js';
import { freePort } from '../free-port.js';

/** A real public-inbox that serves one git epoch on loopback. */
export interface Archive {
  url: string;
  /** All mails of the thread that a mail belongs to, as an mboxrd. */
  thread(id: string): Promise<Buffer>;
  close(): void;
}

const name = 'list';

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const ok = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ok) return;
    await new Promise((again) => setTimeout(again, 100));
  }
  throw new Error(`public-inbox does not answer at ${url}`);
}

/** Indexes an epoch below `work`, which may be used again, and serves it. The epoch itself is only read. */
export async function serve(epoch: string, work: string): Promise<Archive> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/${name}`;
  const inbox = join(work, 'inbox');
  const env = { ...process.env, HOME: work, PI_CONFIG: join(work, 'config') };
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { env, stdio: 'pipe' });
  mkdirSync(join(inbox, 'git'), { recursive: true });
  run('git', 'clone', '-q', '--bare', '--shared', resolve(epoch), join(inbox, 'git', '0.git'));
  run('public-inbox-init', '-V2', '-L', 'basic', name, inbox, url, `${name}@example.org`);
  run('public-inbox-index', '--jobs=1', '-L', 'basic', inbox);
  const server: ChildProcess = spawn('public-inbox-httpd', ['-W0', '-l', `http://127.0.0.1:${port}`], {
    env,
    stdio: 'ignore',
  });
  await answers(`${url}/`);
  const thread = async (id: string): Promise<Buffer> => {
    const response = await fetch(`${url}/${encodeURIComponent(id)}/t.mbox.gz`);
    if (!response.ok) throw new Error(`${id}: ${response.status}`);
    return gunzipSync(Buffer.from(await response.arrayBuffer()));
  };
  return { url, thread, close: () => void server.kill() };
}

/** Ids of mails that begin a posting, evenly chosen over the archive: covers, first and single patches. */
export function leads(epoch: string, count: number): string[] {
  const git = (...args: string[]) =>
    execFileSync('git', [`--git-dir=${epoch}`, ...args], { encoding: 'utf8', maxBuffer: 1 << 30 });
  const commits = git('log', '--reverse', '--format=%H %s')
    .split('\n')
    .filter((line) => {
      const { reply, pull, patch, number } = readSubject(line.slice(41));
      return !reply && !pull && (number === 0 || number === 1 || (patch && number === undefined));
    });
  const step = Math.max(1, commits.length / count);
  const chosen = Array.from(
    { length: Math.min(count, commits.length) },
    (_, at) => commits[Math.floor(at * step)]!,
  );
  return chosen.flatMap((line) => {
    try {
      const mail = git('show', `${line.slice(0, 40)}:m`);
      return /^message-id:\s*<([^<>\s]+)>/im.exec(mail.slice(0, mail.search(/\r?\n\r?\n/)))?.[1] ?? [];
    } catch {
      // A commit without `m` deletes a mail.
      return [];
    }
  });
}
