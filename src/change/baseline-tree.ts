import { existsSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../root.js';
import { readBelow } from './folder-tree.js';
import type { Tree } from './tree.js';

/**
 * Faultline's own words for the functions under review, one folder an era of the kernel (`xarray`, `radix`).
 * A state of this tree is the name of an era. Without a name the first era that has the file answers.
 */
export async function openBaseline(folder = join(packageRoot, 'simulator', 'baseline')): Promise<Tree> {
  const root = await realpath(folder);
  const entries = await readdir(root, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  // The name happens to sort the newest protocol last; it is the likelier one.
  const eras = names.sort().reverse();
  const readBytes = async (path: string, at?: string): Promise<Buffer | undefined> => {
    for (const era of at === undefined ? eras : eras.filter((name) => name === at)) {
      const bytes = await readBelow(join(root, era), path);
      if (bytes) return bytes;
    }
    return undefined;
  };
  return {
    name: 'baseline',
    kind: 'baseline',
    readBytes,
    read: async (path, at) => (await readBytes(path, at))?.toString('utf8'),
    // An era without any of the files cannot take the patch; trying it would only make noise.
    states: async (paths) =>
      eras
        .filter((era) => paths.some((path) => existsSync(join(root, era, path))))
        .map((era) => ({ label: era, at: era })),
    close: async () => {},
  };
}
