import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openBaseline } from './baseline-tree.js';
import { openFolder } from './folder-tree.js';
import { git } from './git.js';
import { openGit } from './git-tree.js';
import { openTarball } from './tarball-tree.js';
import type { Tree } from './tree.js';
import { type OnProgress, packingOf } from './unpack.js';

/** The git directory that belongs to a folder itself, not to some folder above it. */
async function gitDirOf(folder: string): Promise<string | undefined> {
  if (existsSync(join(folder, '.git'))) {
    const found = await git(['rev-parse', '--absolute-git-dir'], { cwd: folder });
    return found.code === 0 ? found.stdout.toString('utf8').trim() : undefined;
  }
  const bare = ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(folder, name)));
  return bare ? folder : undefined;
}

async function openPath(where: string, onProgress?: OnProgress): Promise<Tree | { problem: string }> {
  const path = resolve(where);
  const status = await stat(path);
  if (status.isDirectory()) {
    const gitDir = await gitDirOf(path);
    return gitDir === undefined ? await openFolder(where) : openGit(where, gitDir);
  }
  if (!status.isFile()) return { problem: `${where} is neither a folder nor a file` };
  if ((await packingOf(path)) === undefined)
    return {
      problem: `${where} is no folder, no git repository and no tar archive (.tar, .tar.gz, .tar.xz)`,
    };
  return openTarball(where, path, onProgress);
}

/** Whether one stands in a kernel's checkout. */
function isKernel(folder: string): boolean {
  return ['Kbuild', 'MAINTAINERS', 'fs', 'mm'].every((name) => existsSync(join(folder, name)));
}

/**
 * Opens where the code before a patch comes from: a folder, a git repository (bare or not) or a tar archive.
 * Without a name it is the kernel checkout one stands in, else the built-in baseline. What cannot be opened
 * is a problem of one line.
 */
export async function openTree(
  where: string | undefined,
  onProgress?: OnProgress,
): Promise<Tree | { problem: string }> {
  if (where === undefined) return isKernel(process.cwd()) ? openPath('.', onProgress) : openBaseline();
  try {
    return await openPath(where, onProgress);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { problem: `there is no tree at ${where}` };
    if (code === 'EACCES') return { problem: `${where} may not be read` };
    return { problem: `${where} cannot be opened: ${message}` };
  }
}
