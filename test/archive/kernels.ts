/**
 * Makes one git repository of the kernels that can be had: `npm run agree:kernels -- OUT LIST --store MAIL.db`.
 * Each line of LIST is `LABEL DATE GIT-DIR TREE-ISH`, or `LABEL DATE FOLDER`; every one becomes a commit and a tag
 * of that day. From their files, patches of the store lead to others, each proved by the blob id that its mail
 * names; every posting that changes a reviewed file gets a commit of its day with the files that it was made for.
 * OUT borrows the objects of the repositories in LIST. Kernels are never part of this repository.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { isNullId } from '../../src/change/blob-id.js';
import { type Blobs, grow, known } from './grow.js';
import { dateOf, type Posting, pathsOf, readPostings } from './mails.js';
import { importState, type State } from './state.js';

interface Kernel {
  label: string;
  date: string;
  tree: string;
}

const most = { maxBuffer: 1 << 30, stdio: ['pipe', 'pipe', 'ignore'] as ('pipe' | 'ignore')[] };

function gitIn(out: string) {
  return (args: string[], input = '', env: Record<string, string> = {}): Buffer =>
    execFileSync('git', [`--git-dir=${out}`, ...args], { ...most, input, env: { ...process.env, ...env } });
}

type Git = ReturnType<typeof gitIn>;

function treeOf(git: Git, where: string, treeish: string | undefined): string {
  if (treeish !== undefined) {
    const tree = treeish.includes(':') ? treeish : `${treeish}^{tree}`;
    return execFileSync('git', [`--git-dir=${where}`, 'rev-parse', tree], most)
      .toString()
      .trim();
  }
  const folder = mkdtempSync(join(tmpdir(), 'faultline-kernels-'));
  try {
    const env = { GIT_INDEX_FILE: join(folder, 'index') };
    git([`--work-tree=${resolve(where)}`, 'add', '-A', '--force', '.'], '', env);
    return git(['write-tree'], '', env).toString().trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readList(git: Git, out: string, list: string): Kernel[] {
  const lines = readFileSync(list, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.split(/\s+/) as [string, string, string, string?]);
  const stores = lines.filter(([, , where]) => existsSync(join(where, 'objects')));
  const alternates = stores.map(([, , where]) => `${resolve(where, 'objects')}\n`);
  writeFileSync(join(out, 'objects', 'info', 'alternates'), [...new Set(alternates)].join(''));
  return lines.map(([label, date, where, treeish]) => ({ label, date, tree: treeOf(git, where, treeish) }));
}

/** The ids of these paths in every kernel. */
function blobsOf(git: Git, kernels: Kernel[], paths: string[]): Blobs {
  const asked = kernels.flatMap(({ tree }) => paths.map((path) => `${tree}:${path}`));
  const told = git(['cat-file', '--batch-check=%(objecttype) %(objectname)'], `${asked.join('\n')}\n`);
  const blobs: Blobs = new Map(paths.map((path) => [path, new Map()]));
  for (const [at, line] of told.toString().split('\n').entries()) {
    const id = /^blob ([0-9a-f]{40})$/.exec(line)?.[1];
    if (id !== undefined) blobs.get(paths[at % paths.length]!)!.set(id, undefined);
  }
  return blobs;
}

/** The files that some patches, in their order, expect before the first that changes each. */
function expected(patches: Posting['patches'], blobs: Blobs): { files: Map<string, string>; named: number } {
  const files = new Map<string, string>();
  const seen = new Set<string>();
  let named = 0;
  for (const { files: parts } of patches)
    for (const { oldPath, newPath, oldBlob } of parts) {
      const first = !seen.has(oldPath);
      seen.add(oldPath).add(newPath);
      if (!first || oldBlob === undefined || isNullId(oldBlob)) continue;
      named++;
      const id = known(blobs, oldPath, oldBlob);
      if (id !== undefined) files.set(oldPath, id);
    }
  return { files, named };
}

function statesOf(posting: Posting, kernels: Kernel[], blobs: Blobs): State[] {
  const { patches, touching } = posting;
  const begin = dateOf(posting);
  const whole = [{ date: begin, from: 0 }];
  // A patch that is looked at alone finds what the patches before it left; two commits of one second would hide
  // each other.
  const alone = touching
    .map((from) => ({ date: patches[from]!.message.date ?? '', from }))
    .filter(({ date, from }) => from > 0 && date > begin);
  return [...whole, ...alone]
    .filter(({ date }) => date !== '')
    .map(({ date, from }, at) => {
      const { files } = expected(at === 0 ? patches : [patches[from]!], blobs);
      const kernel = kernels.findLast((each) => each.date <= date) ?? kernels[0]!;
      return { date, tree: kernel.tree, files, label: undefined };
    });
}

async function main(out: string, list: string, store: string): Promise<void> {
  const start = Date.now();
  const tell = (line: string) =>
    process.stderr.write(`${Math.round((Date.now() - start) / 1000)} s ${line}\n`);
  execFileSync('git', ['init', '-q', '--bare', '--initial-branch=main', out]);
  const git = gitIn(out);
  const kernels = readList(git, out, list).sort((a, b) => (a.date < b.date ? -1 : 1));
  tell(`${kernels.length} kernels`);
  const postings = await readPostings(store);
  const patches = postings.flatMap((posting) => posting.patches);
  tell(`${postings.length} postings, ${patches.length} patches`);
  const blobs = blobsOf(git, kernels, [...new Set(patches.flatMap(pathsOf))]);
  const made = grow(blobs, patches, (id) => git(['cat-file', 'blob', id]));
  tell(`${made} contents made`);
  const released = kernels.map(({ label, date, tree }) => ({ label, date, tree, files: new Map() }));
  const states = [...released, ...postings.flatMap((posting) => statesOf(posting, kernels, blobs))];
  const contents = new Map<string, Buffer>();
  for (const each of blobs.values())
    for (const [id, content] of each) if (content !== undefined) contents.set(id, content);
  execFileSync('git', [`--git-dir=${out}`, 'fast-import', '--quiet', '--force'], {
    input: importState(states, contents),
  });
  const all = postings.flatMap((posting) => posting.touching.map((at) => posting.patches[at]!));
  const exact = all.filter((patch) => {
    const { files, named } = expected([patch], blobs);
    return named > 0 && files.size === named;
  });
  process.stdout.write(
    `${JSON.stringify({ kernels: kernels.length, postings: postings.length, patches: all.length, exact: exact.length, made, commits: states.length })}\n`,
  );
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { store: { type: 'string' } } });
const [out, list] = positionals;
if (out === undefined || list === undefined || values.store === undefined)
  throw new Error('usage: npm run agree:kernels -- OUT LIST --store MAIL.db');
await main(out, list, values.store);
