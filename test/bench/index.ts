import { parseArgs } from 'node:util';
import { isBuilt } from './built.js';
import { check } from './check.js';
import { classic } from './classic.js';
import { growth } from './growth.js';
import { help } from './help.js';
import { ingest } from './ingest.js';
import { parse } from './parse.js';
import { table } from './print.js';
import { race } from './race.js';
import { review } from './review.js';
import type { Row } from './row.js';
import { spin } from './spin.js';
import { states } from './states.js';
import { where } from './where.js';

/** The race comes first: it is to meet a process that has run nothing yet. */
const benches = { race, help, review, where, parse, ingest, check, states, growth, classic, spin };

/** `npm run bench -- [--tree DIR] [--json] [NAME..]`. Prints what it measures and asserts nothing. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { tree: { type: 'string' }, json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  if (!isBuilt) throw new Error('dist/ is not there: npm run build comes first');
  const tree = values.tree ?? process.env.FAULTLINE_BENCH_TREE;
  const rows: Row[] = [];
  for (const [name, bench] of Object.entries(benches)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    process.stderr.write(`${name} ..\n`);
    rows.push(...(await bench({ tree })));
  }
  process.stdout.write(
    values.json ? `${JSON.stringify({ version: 1, rows }, null, 2)}\n` : `${table(rows)}\n`,
  );
}

await main();
