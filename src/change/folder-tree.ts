import { readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { limit } from './limit.js';
import { whyUnsafe } from './path.js';
import type { Tree } from './tree.js';

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '');
}

/**
 * A regular file below a folder; undefined when there is none. A symbolic link on the way, wherever it
 * leads, counts as none: a patch's path must not reach out of the tree. `root` must be a real path.
 */
export async function readBelow(root: string, path: string): Promise<Buffer | undefined> {
  if (whyUnsafe(path)) return undefined;
  const file = join(root, path);
  try {
    if ((await realpath(file)) !== file) return undefined;
    const status = await stat(file);
    if (!status.isFile()) return undefined;
    if (status.size > limit.fileBytes) throw new Error(`${path} has ${status.size} bytes; too large to read`);
    return await readFile(file);
  } catch (cause) {
    if (isAbsent(cause)) return undefined;
    throw cause instanceof Error && !('code' in cause)
      ? cause
      : new Error(`${path} cannot be read`, { cause });
  }
}

/** A folder with kernel files at their paths. */
export async function openFolder(name: string): Promise<Tree> {
  const root = await realpath(name);
  const readBytes = (path: string): Promise<Buffer | undefined> => readBelow(root, path);
  return {
    name,
    kind: 'folder',
    readBytes,
    read: async (path) => (await readBytes(path))?.toString('utf8'),
    states: async () => [{ label: name, at: undefined }],
    close: async () => {},
  };
}
