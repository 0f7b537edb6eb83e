import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isProblem } from '../../src/finding/problem.js';
import { matrix } from '../../src/race/matrix.js';

/** A folder of kernels, one a folder, as FAULTLINE_TREES names it: real ones cannot stand in the repository. */
const folder = process.env.FAULTLINE_TREES;
const missing = folder === undefined || !existsSync(folder);
if (missing) console.warn('SKIPPED: FAULTLINE_TREES names no folder with kernels');

test.skipIf(missing)(
  'every kernel at hand shows what the catalogue says of it, and nothing else',
  { timeout: 1_800_000 },
  async () => {
    const trees = readdirSync(folder!, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(folder!, entry.name));
    const report = await matrix({ trees, races: [], full: false, config: new Map() });
    if (isProblem(report)) throw new Error(report.problem);
    expect(report.disagreements).toEqual([]);
  },
);
