import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { explore } from '../../../simulator/index.js';
import { asPromela, asScenario, randomProgram } from './random-locks.js';

/** A sample in each run; FAULTLINE_SPIN_PROGRAMS=200 for the whole comparison. */
const programs = Number(process.env.FAULTLINE_SPIN_PROGRAMS ?? 12);
const compiler = ['tcc', 'gcc'].find((name) => spawnSync(name, ['-v']).error === undefined);
const isHere = compiler !== undefined && spawnSync('spin', ['-V']).error === undefined;
if (!isHere) console.warn('SKIPPED: spin, and tcc or gcc, are not here; apt-get install spin gcc');

/** SPIN's verdict: an assertion that fails or an end that is none. */
function spinFinds(model: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-spin-'));
  try {
    writeFileSync(join(folder, 'model.pml'), model);
    execFileSync('spin', ['-a', 'model.pml'], { cwd: folder, stdio: 'pipe' });
    execFileSync(compiler as string, ['-DSAFETY', '-w', '-o', 'pan', 'pan.c'], {
      cwd: folder,
      stdio: 'pipe',
    });
    const out = execFileSync(join(folder, 'pan'), ['-m10000', '-w16'], { cwd: folder, encoding: 'utf8' });
    expect(out).toMatch(/State-vector .* errors: \d/);
    return !/errors: 0\b/.test(out);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.skipIf(!isHere)(
  `SPIN and the search judge ${programs} random programs with locks alike, reduced and in full`,
  () => {
    const verdicts = Array.from({ length: programs }, (_, seed) => {
      const program = randomProgram(seed);
      const [reduced, full] = [false, true].map((all) =>
        explore(asScenario(program), { states: 1_000_000, full: all }),
      );
      expect([reduced?.bound, full?.bound, reduced?.why, full?.why]).toEqual([
        'complete',
        'complete',
        [],
        [],
      ]);
      const theirs = spinFinds(asPromela(program)) ? 'violated' : 'holds';
      expect({ seed, reduced: reduced?.kind, full: full?.kind }).toEqual({
        seed,
        reduced: theirs,
        full: theirs,
      });
      return theirs;
    });
    // Programs of which all are broken, or none, would compare nothing.
    expect(new Set(verdicts)).toEqual(new Set(['violated', 'holds']));
  },
  600_000,
);
