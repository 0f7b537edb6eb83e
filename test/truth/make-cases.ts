import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const fixtures = join(root, 'fixtures', 'cases');

/** Which side of a case is Faultline's baseline as it stands, and of which era; the patch makes the other. */
const baselines = new Map([
  ['rename-a-local', { side: 'pre', era: 'xarray' }],
  ['second-lookup', { side: 'post', era: 'radix' }],
  ['wake-at-unlock', { side: 'post', era: 'xarray' }],
]);

/** The cases of `fixtures/cases` with their whole files, in a folder that `faultline evaluate` reads. */
export function makeCases(folder: string): void {
  for (const id of readdirSync(fixtures)) {
    const { side, era } = baselines.get(id)!;
    cpSync(join(fixtures, id), join(folder, id), { recursive: true });
    for (const name of ['pre', 'post']) {
      const file = join(folder, id, name, 'fs', 'dax.c');
      mkdirSync(dirname(file), { recursive: true });
      cpSync(join(root, 'simulator', 'baseline', era, 'fs', 'dax.c'), file);
      if (name !== side) applyTo(join(folder, id, name), join(fixtures, id, 'patch.diff'), side === 'post');
    }
  }
}

function applyTo(folder: string, patch: string, backwards: boolean): void {
  const options = { cwd: folder, env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(folder) } };
  execFileSync('git', ['apply', ...(backwards ? ['--reverse'] : []), patch], options);
}
