import { parseArgs } from 'node:util';
import { optimiseLate } from '../../src/config/optimise-late.js';
import { isBuilt } from './built.js';
import { check } from './check.js';
import { circumstances } from './circumstances.js';
import { classic } from './classic.js';
import { daemon } from './daemon.js';
import { growth } from './growth.js';
import { help } from './help.js';
import { ingest } from './ingest.js';
import { parse } from './parse.js';
import { markdown, table } from './print.js';
import { race } from './race.js';
import { review } from './review.js';
import type { Row } from './row.js';
import { spin } from './spin.js';
import { states } from './states.js';
import { where } from './where.js';

/** The race comes first: it is to meet a process that has run nothing yet. */
const benches = { race, help, review, daemon, where, parse, ingest, check, states, growth, classic, spin };

/** `npm run bench -- [--tree DIR] [--json | --markdown] [NAME..]`. Prints what it measures and asserts nothing. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: {
      tree: { type: 'string' },
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  if (!isBuilt) throw new Error('dist/ is not there: npm run build comes first');
  // As the processes do that review.
  optimiseLate();
  const tree = values.tree ?? process.env.FAULTLINE_BENCH_TREE;
  const rows: Row[] = [];
  for (const [name, bench] of Object.entries(benches)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    process.stderr.write(`${name} ..\n`);
    rows.push(...(await bench({ tree })));
  }
  const text = values.json
    ? JSON.stringify({ version: 1, rows }, null, 2)
    : values.markdown
      ? `${await circumstances()}\n\n${markdown(rows)}`
      : table(rows);
  process.stdout.write(`${text}\n`);
}

await main();
