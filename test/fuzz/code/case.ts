import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readBaseline } from '../../../src/race/baseline.js';
import { readCatalogue } from '../../../src/race/read.js';
import { Dice } from '../dice.js';
import { mutantOf } from './mutate-c.js';
import type { Task } from './task.js';

/** A tree, and the files of it that are mutated. */
export interface Ground {
  tree: string;
  files: string[];
}

/** The baselines of these eras as trees in a folder. */
export function groundsOf(folder: string, eras: readonly string[]): Ground[] {
  return eras.map((era) => {
    const tree = join(folder, era);
    const { files } = readBaseline(era);
    for (const [path, text] of files) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), text);
    }
    return { tree, files: [...files.keys()].filter((path) => path.endsWith('.c')) };
  });
}

const kernelFiles = ['fs/dax.c', 'mm/truncate.c', 'mm/filemap.c', 'mm/memory.c'];

/** A real kernel. */
export const groundAt = (tree: string): Ground => ({
  tree,
  files: kernelFiles.filter((path) => readdirSync(join(tree, dirname(path))).includes(path.split('/')[1]!)),
});

/** How many races a case is reviewed with: all of them would take most of the time, and none of the surprise. */
const mostRaces = 3;

/** Case n is the same everywhere; undefined when its mutations undid each other. */
export function caseOf(seed: number, grounds: readonly Ground[], folder: string): Task | undefined {
  const dice = new Dice(seed);
  const { tree, files } = dice.of(grounds);
  const path = dice.of(files);
  const before = readFileSync(join(tree, path), 'utf8');
  const patch = diffOf(path, before, mutantOf(before, dice), folder);
  const about = readCatalogue().filter((race) => race.file === path);
  const races = Array.from(
    { length: mostRaces },
    () => dice.of(about.length > 0 ? about : readCatalogue()).id,
  );
  return patch.length === 0 ? undefined : { patch, tree, races: [...new Set(races)] };
}

function diffOf(path: string, before: string, after: string, folder: string): Buffer {
  for (const [side, text] of [
    ['a', before],
    ['b', after],
  ] as const) {
    mkdirSync(join(folder, side, dirname(path)), { recursive: true });
    writeFileSync(join(folder, side, path), text);
  }
  const names = [join('a', path), join('b', path)];
  const options = { cwd: folder, maxBuffer: 1 << 26, stdio: 'pipe' } as const;
  try {
    return execFileSync(
      'git',
      ['diff', '--no-index', '--no-prefix', '--no-color', '--no-ext-diff', '--', ...names],
      options,
    );
  } catch (error) {
    // Git ends with 1 when the files differ.
    return (error as { stdout: Buffer }).stdout;
  }
}
