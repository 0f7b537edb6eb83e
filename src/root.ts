import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The package's own folder, from the sources as from dist/: the nearest one upwards with a catalogue. */
export const packageRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(from: string): string {
  let folder = from;
  while (!existsSync(join(folder, 'rules', 'race'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('the folder rules/race is missing beside Faultline');
    folder = parent;
  }
  return folder;
}
