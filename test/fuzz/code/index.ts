/**
 * Mutated C, reviewed whole: `npm run fuzz:code -- [--cases N] [--first SEED] [--limit SECONDS] [--tree T]..`.
 * Without trees on the built-in baselines. The last line is one JSON document; ends with 1 when something crashed,
 * hung, or broke its word.
 */
import { parseArgs } from 'node:util';
import { fuzzCode } from './fuzz-code.js';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '2000' },
    first: { type: 'string', default: '1' },
    limit: { type: 'string', default: '30' },
    tree: { type: 'string', multiple: true, default: [] },
  },
});

const told = await fuzzCode({
  first: Number(values.first),
  cases: Number(values.cases),
  timeMs: Number.POSITIVE_INFINITY,
  limitMs: Number(values.limit) * 1000,
  trees: values.tree,
  beat: (seed, { cases, failures }) => {
    if (cases % 50 === 0) process.stderr.write(`case ${seed}: ${failures.length} failures in ${cases}\n`);
  },
});
process.stdout.write(`${JSON.stringify(told)}\n`);
process.exitCode = told.failures.length > 0 ? 1 : 0;
