import { existsSync } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../root.js';
import { readBelow } from './folder-tree.js';
import { basisOf, layered } from './layer.js';
import type { Tree } from './tree.js';

/** The newest protocol first: it is the likelier one. */
const newestFirst = ['xarray', 'order-xarray', 'early-xarray', 'merged-xarray', 'radix-lock', 'radix'];

function ageOf(era: string): number {
  const at = newestFirst.indexOf(era);
  return at < 0 ? newestFirst.length : at;
}

/**
 * Faultline's own words for the functions under review, one folder an era of the kernel (`xarray`, `radix`).
 * A state of this tree is the name of an era. Without a name the first era that has the file answers.
 */
export async function openBaseline(folder = join(packageRoot, 'simulator', 'baseline')): Promise<Tree> {
  const root = await realpath(folder);
  const entries = await readdir(root, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const eras = names.sort((a, b) => ageOf(a) - ageOf(b) || (a < b ? -1 : 1));
  const readBytes = async (path: string, at?: string): Promise<Buffer | undefined> => {
    for (const era of at === undefined ? eras : eras.filter((name) => name === at)) {
      const bytes = await readBelow(join(root, era), path);
      const basis = bytes && basisOf(bytes.toString('utf8'));
      if (bytes && basis === undefined) return bytes;
      const below = basis === undefined ? undefined : await readBytes(path, basis);
      if (bytes && below) return Buffer.from(layered(below.toString('utf8'), bytes.toString('utf8')));
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
