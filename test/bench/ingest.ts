import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Bench } from './bench.js';
import { cli } from './built.js';
import { timedProcess } from './measure.js';
import { alone, beside, type Row } from './row.js';

/** The quickest index of public-inbox, which reads headers only, and the one that it makes when nothing is said. */
const levels = ['basic', 'full'] as const;
type Level = (typeof levels)[number];

/** An inbox of public-inbox with the same commits as an archive, and no index yet. Its objects are not copied. */
function inboxLike(archive: string, home: string, level: Level): string {
  const inbox = join(home, 'inbox');
  const env = { ...process.env, HOME: home, PI_CONFIG: join(home, 'config') };
  const args = ['-V2', '-L', level, 'bench', inbox, 'http://127.0.0.1/bench', 'bench@example.org'];
  execFileSync('public-inbox-init', args, { env, stdio: 'pipe' });
  const epoch = join(inbox, 'git', '0.git');
  writeFileSync(join(epoch, 'objects', 'info', 'alternates'), `${join(resolve(archive), 'objects')}\n`);
  const head = execFileSync('git', ['-C', archive, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
  execFileSync('git', [`--git-dir=${epoch}`, 'update-ref', 'HEAD', head]);
  return inbox;
}

/** Seconds that public-inbox needs for an index; null where there is no public-inbox. */
async function indexed(archive: string, level: Level): Promise<number | null> {
  if (!existsSync('/usr/bin/public-inbox-index')) return null;
  const home = mkdtempSync(join(tmpdir(), 'faultline-bench-'));
  try {
    const inbox = inboxLike(archive, home, level);
    const env = ['env', `HOME=${home}`, `PI_CONFIG=${join(home, 'config')}`];
    const [program, ...rest] = [...env, 'public-inbox-index', '-L', level, inbox];
    const { wallMs, code } = await timedProcess(program!, rest);
    return code === 0 ? wallMs / 1000 : null;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** A whole archive, once into a store and once into public-inbox's index. `FAULTLINE_BENCH_ARCHIVES` names clones. */
export const ingest: Bench = async () => {
  const archives = (process.env.FAULTLINE_BENCH_ARCHIVES ?? '').split(':').filter(Boolean);
  if (archives.length === 0)
    return [alone('ingest: FAULTLINE_BENCH_ARCHIVES names no archive', null, 'mails/s')];
  const rows: Row[] = [];
  for (const archive of archives) {
    const name = archive.split('/').at(-1)!;
    const folder = mkdtempSync(join(tmpdir(), 'faultline-bench-'));
    const args = [cli, 'ingest', '--source', archive, '--store', join(folder, 'mail.db'), '--stats'];
    const { wallMs, stdout } = await timedProcess(process.execPath, args);
    rmSync(folder, { recursive: true });
    const { messages, peakRssMb } = JSON.parse(stdout) as { messages: number; peakRssMb: number };
    for (const level of levels) {
      const seconds = await indexed(archive, level);
      const theirs = seconds === null ? null : Math.round(messages / seconds);
      const peer = `public-inbox-index -L ${level}`;
      rows.push(beside(`ingest ${name}`, Math.round(messages / (wallMs / 1000)), theirs, 'mails/s', peer));
    }
    rows.push(alone(`ingest ${name}: peak memory (aim: below 400)`, peakRssMb, 'MB'));
  }
  return rows;
};
