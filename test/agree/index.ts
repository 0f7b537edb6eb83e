/**
 * Compares which mails make up each series, and what they leave when applied, with real b4 and git:
 * `npm run agree:b4 -- ARCHIVE [--count N] [--tree T] [--show]`. ARCHIVE is a git epoch of a public-inbox; it is
 * indexed in a temporary folder and served on loopback. The last line is one JSON document; ends with 1 when
 * something differs.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openTrees } from '../../src/change/open-all.js';
import { leads, serve } from './archive.js';
import { askB4, hasB4, homeFor } from './ask-b4.js';
import { type Agreement, compareSeries } from './compare.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { count: { type: 'string' }, tree: { type: 'string', multiple: true }, show: { type: 'boolean' } },
});

function tally(all: Agreement[], key: 'mails' | 'tree'): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const each of all) counts[each[key] ?? 'none'] = (counts[each[key] ?? 'none'] ?? 0) + 1;
  return counts;
}

async function main(epoch: string): Promise<number> {
  if (!hasB4()) throw new Error('b4 is not installed');
  const work = mkdtempSync(join(tmpdir(), 'faultline-agree-'));
  const archive = await serve(epoch, work);
  const trees = await openTrees(values.tree ?? []);
  if (!Array.isArray(trees)) throw new Error(trees.problem);
  try {
    const home = homeFor(work, archive.url);
    const all: Agreement[] = [];
    const seen = new Set<string>();
    for (const id of leads(epoch, Number(values.count ?? 300))) {
      const thread = await archive.thread(id);
      const found = await compareSeries(
        thread,
        id,
        (version) => askB4(home, id, version),
        values.tree ? trees : [],
        seen,
      );
      if (!found) continue;
      all.push(found);
      const plain = found.mails === 'same' && !['differ', 'only-git', 'only-ours'].includes(found.tree ?? '');
      if (!plain || values.show) process.stdout.write(`${JSON.stringify(found)}\n`);
    }
    process.stdout.write(
      `${JSON.stringify({ series: all.length, mails: tally(all, 'mails'), tree: tally(all, 'tree') })}\n`,
    );
    return all.every(({ mails }) => mails === 'same') ? 0 : 1;
  } finally {
    archive.close();
    rmSync(work, { recursive: true, force: true });
  }
}

process.exitCode = await main(positionals[0] ?? '.');
