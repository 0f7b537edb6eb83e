import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/root.js';

const fixtures = join(packageRoot, 'fixtures');

/** Every mail and diff among the fixtures. */
export function seeds(): Buffer[] {
  return ['edge', 'bad', '.'].flatMap((folder) =>
    readdirSync(join(fixtures, folder))
      .filter((name) => /\.(eml|mbox|txt|patch)$/.test(name))
      .sort()
      .map((name) => readFileSync(join(fixtures, folder, name))),
  );
}

export const tree = join(fixtures, 'edge', 'kernel');
