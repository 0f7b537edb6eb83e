import { git, startGit } from '../change/git.js';
import { ByteReader } from './byte-reader.js';
import { mailLimit, whyTooLarge } from './inbox.js';
import { SourceFailure } from './source-failure.js';

/** One mail that a commit of the archive brings or withdraws. */
interface Step {
  commit: string;
  blob: string;
  path: string;
  withdrawn: boolean;
  /** The last of its commit: behind it the commit is done. */
  last: boolean;
}

export type EpochEvent = Step & { raw: Buffer | undefined; why: string };

const id = /^[0-9a-f]{40,64}$/;
const change = /^:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) ([AMD])\t(.+)$/;
/** Where version 1 of the format keeps its mails: one file each, and a deletion is a deletion. */
const versionOne = /^[0-9a-f]{2}\/[0-9a-f]{38}$/;

/** What one line of `git log --raw` does to the archive; undefined for what holds no mail. */
function readChange(line: string): { blob: string; path: string; withdrawn: boolean } | undefined {
  const match = change.exec(line);
  if (!match) return undefined;
  const [, before, after, how, path] = match as unknown as [string, string, string, string, string];
  if (path === 'm' || path === 'd')
    return how === 'D' ? undefined : { blob: after, path, withdrawn: path === 'd' };
  if (!versionOne.test(path)) return undefined;
  return how === 'D' ? { blob: before, path, withdrawn: true } : { blob: after, path, withdrawn: false };
}

/** The steps of whole commits, about `size` of them at a time. */
async function* groupsOf(log: AsyncIterable<Buffer>, size: number): AsyncGenerator<Step[]> {
  const reader = new ByteReader(log);
  let group: Step[] = [];
  let commit = '';
  for (let line = await reader.line(4096); line !== undefined; line = await reader.line(4096)) {
    const text = line.toString('latin1');
    if (id.test(text)) {
      commit = text;
      if (group.length >= size) {
        yield group;
        group = [];
      }
      continue;
    }
    const found = readChange(text);
    if (found === undefined) continue;
    const before = group.at(-1);
    if (before?.commit === commit) before.last = false;
    group.push({ commit, last: true, ...found });
  }
  yield group;
}

/** One answer of `git cat-file --batch`. */
async function readBlob(reader: ByteReader): Promise<{ raw: Buffer | undefined; why: string }> {
  const header = (await reader.line(4096))?.toString('latin1');
  if (header === undefined) throw new SourceFailure('damaged', 'git ended before it had told all mails');
  const size = Number(/ blob (\d+)$/.exec(header)?.[1] ?? Number.NaN);
  if (Number.isNaN(size)) return { raw: undefined, why: 'the archive lacks its bytes' };
  if (size > mailLimit) {
    await reader.skip(size + 1);
    return { raw: undefined, why: whyTooLarge(size) };
  }
  const raw = await reader.take(size);
  await reader.skip(1);
  return { raw, why: '' };
}

/** The commit that the archive stands at; undefined when it is empty. */
export async function headOf(gitDir: string): Promise<string | undefined> {
  const head = await git([`--git-dir=${gitDir}`, 'rev-parse', '--verify', '-q', 'HEAD^{commit}']);
  const text = head.stdout.toString('latin1').trim();
  return head.code === 0 && id.test(text) ? text : undefined;
}

/** Whether history still leads from one commit to the other: archives rewrite it to remove a mail for good. */
export async function leadsTo(gitDir: string, from: string, to: string): Promise<boolean> {
  if (!id.test(from)) return false;
  return (await git([`--git-dir=${gitDir}`, 'merge-base', '--is-ancestor', from, to])).code === 0;
}

/** Commits that were not read yet. */
export async function countBehind(gitDir: string, from: string | undefined): Promise<number> {
  const known = from !== undefined && id.test(from) ? [`^${from}`] : [];
  const count = await git([`--git-dir=${gitDir}`, 'rev-list', '--count', 'HEAD', ...known]);
  return count.code === 0 ? Number(count.stdout.toString('latin1')) : 0;
}

/** Few enough that their ids fit into a pipe, so that writing them never waits for reading the answers. */
const groupSize = 256;

/**
 * What the commits of an epoch bring, oldest first, from behind `after` up to `head`. Two processes of git do
 * the work, and wait when the reader does.
 */
export async function* readEpoch(
  gitDir: string,
  after: string | undefined,
  head: string,
): AsyncGenerator<EpochEvent> {
  const range = after === undefined ? [head] : [head, `^${after}`];
  const form = ['--reverse', '--topo-order', '--raw', '--no-abbrev', '--no-renames', '--format=%H'];
  const log = startGit([`--git-dir=${gitDir}`, 'log', ...form, ...range, '--']);
  const blobs = startGit([`--git-dir=${gitDir}`, 'cat-file', '--batch']);
  try {
    const reader = new ByteReader(blobs.stdout);
    for await (const group of groupsOf(log.stdout, groupSize)) {
      blobs.stdin.write(group.map((step) => `${step.blob}\n`).join(''));
      for (const step of group) yield { ...step, ...(await readBlob(reader)) };
    }
  } finally {
    log.kill();
    blobs.kill();
  }
}
