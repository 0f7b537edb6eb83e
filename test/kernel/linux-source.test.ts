import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isProblem } from '../../src/finding/problem.js';
import { check } from '../../src/race/check.js';
import { compareSeen } from '../../src/race/compare-seen.js';
import { readCatalogue } from '../../src/race/read.js';

/** Debian's packages linux-source-6.1 and -6.12 put the unmodified trees here; .ci/run installs them. */
const tarball = (version: string) => `/usr/src/linux-source-${version}.tar.xz`;

/**
 * What is true of these kernels: mainline mended two in 2025 with 6be3e21d25ca ("fs/dax: don't skip locked entries when
 * scanning entries"), the two of copies in v6.2 with one series, and one of pauses in v6.14 with c9ba5249ef8b ("Xarray:
 * move forward index correctly in xas_pause()"). docs/kernels.md tells why they are no modelling faults.
 */
const skipped = ['dax-layout-skips-locked', 'dax-writeback-skips-locked'];
const copied = ['dax-copy-drops-dirty', 'dax-shared-page-counts'];
const paused = ['xarray-pause-begins-inside', 'xarray-pause-in-second-slot'];
const discoveries = {
  '6.1': [...copied, ...skipped, ...paused].sort(),
  '6.12': [...skipped, ...paused],
};

for (const [version, races] of Object.entries(discoveries)) {
  const missing = !existsSync(tarball(version));
  if (missing)
    console.warn(`SKIPPED: ${tarball(version)} is not there; apt-get install linux-source-${version}`);

  test.skipIf(missing)(
    `nothing but ${races.length} known races is violated on Debian's ${version}`,
    { timeout: 300_000 },
    async () => {
      const report = await check(tarball(version), { trees: [], races: [], full: false, config: new Map() });
      if (isProblem(report)) throw new Error(report.problem);
      const of = (verdict: string) =>
        report.results.filter((each) => each.verdict === verdict).map((each) => each.race);
      expect(of('violated')).toEqual(races);
      expect(compareSeen(version, readCatalogue(), report.results)).toEqual([]);
      expect(of('not-analysed')).toEqual([]);
      expect(of('holds').length).toBeGreaterThan(28);
      for (const result of report.results.filter((each) => each.verdict === 'holds')) {
        expect(result.bound, result.race).toBe('complete');
      }
    },
  );
}
