import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.js';
import { responsibleFor } from '../policy/maintainers.js';
import type { Reviews } from '../store/reviews.js';
import { readSeriesName } from './series-name.js';

const mostBytes = 8_000_000;

/** The MAINTAINERS file of the first tree that is a folder with one; empty when there is none. */
function maintainersFile({ trees }: Pick<Config, 'trees'>): string {
  for (const { path } of trees) {
    const file = join(path, 'MAINTAINERS');
    try {
      if (statSync(file).size <= mostBytes) return readFileSync(file, 'utf8');
    } catch {
      // A tarball, a bare repository, or no kernel.
    }
  }
  return '';
}

/** People that MAINTAINERS names for the files that a series touches; bare addresses in small letters. */
export function maintainersOf(series: string, reviews: Reviews, config: Config): string[] {
  const named = readSeriesName(series);
  if (named === undefined) return [];
  const reports = reviews
    .of(named.messageId, named.version)
    .flatMap(({ result }) => (result?.outcome === 'reviewed' ? [result.report] : []));
  const files = reports.flatMap(({ patches }) =>
    patches.flatMap(({ touched }) => touched.map(({ file }) => file)),
  );
  return files.length === 0 ? [] : responsibleFor(maintainersFile(config), [...new Set(files)]).people;
}
