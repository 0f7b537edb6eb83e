import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { applySeries } from '../../src/change/apply-series.js';
import type { Patch } from '../../src/change/patch.js';
import type { Tree } from '../../src/change/tree.js';
import { filesFor, treeOf } from './made-tree.js';

/** `alike`: both applied and left the same files. The rest says who refused. */
export type Applied = 'alike' | 'differ' | 'only-ours' | 'only-git' | 'neither';

function gitIn(folder: string, input: Buffer | undefined, ...args: string[]): void {
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'core.autocrlf=false'];
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: dirname(folder),
  };
  execFileSync('git', [...who, ...args], {
    cwd: folder,
    env,
    input: input ?? '',
    stdio: 'pipe',
    timeout: 120_000,
  });
}

/** The files after `git am`; undefined when it refuses. */
function afterAm(
  before: ReadonlyMap<string, Buffer>,
  mbox: Buffer,
  paths: string[],
): Map<string, string> | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-am-'));
  try {
    gitIn(folder, undefined, 'init', '-q');
    for (const [path, bytes] of before) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    gitIn(folder, undefined, 'add', '-A');
    gitIn(folder, undefined, 'commit', '-q', '--allow-empty', '-m', 'before');
    gitIn(folder, mbox, 'am', '--quiet');
    return new Map(paths.flatMap((path) => textAt(join(folder, path)).map((text) => [path, text] as const)));
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function textAt(file: string): string[] {
  try {
    return [readFileSync(file, 'latin1')];
  } catch {
    return [];
  }
}

/** The files after our own patches, one after the other; undefined when one does not apply. */
async function afterOurs(patches: Patch[], tree: Tree): Promise<Map<string, string> | undefined> {
  const changes = await applySeries(patches, [tree]);
  if (changes.some(({ status, patch }) => status !== 'applied' || patch.repairs.length > 0)) return undefined;
  const state = new Map<string, string>();
  for (const { after, files, patch } of changes)
    for (const { oldPath, newPath } of files) {
      for (const path of [oldPath, newPath]) state.delete(path);
      for (const path of [oldPath, newPath]) {
        const text = after.get(path);
        if (text !== undefined) state.set(path, Buffer.from(text, patch.message.encoding).toString('latin1'));
      }
    }
  return state;
}

/** Applies a series here and b4's mbox with `git am`, both to the same files, and compares what is left. */
export async function compareTrees(patches: Patch[], mbox: Buffer, given?: Tree): Promise<Applied> {
  const paths = [
    ...new Set(patches.flatMap(({ files }) => files.flatMap((file) => [file.oldPath, file.newPath]))),
  ];
  const before = given ? new Map<string, Buffer>() : filesFor(patches);
  if (given)
    for (const path of paths) {
      const bytes = await given.readBytes(path);
      if (bytes) before.set(path, bytes);
    }
  const ours = await afterOurs(patches, given ?? treeOf(before));
  const theirs = afterAm(before, mbox, paths);
  if (!ours || !theirs) return ours ? 'only-ours' : theirs ? 'only-git' : 'neither';
  const left = paths.filter((path) =>
    patches.some(({ files }) =>
      files.some(
        (file) =>
          [file.oldPath, file.newPath].includes(path) && file.kind !== 'binary' && file.kind !== 'link',
      ),
    ),
  );
  return left.every((path) => ours.get(path) === theirs.get(path)) ? 'alike' : 'differ';
}
