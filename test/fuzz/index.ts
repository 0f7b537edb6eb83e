/**
 * Mutated mails and diffs, taken from bytes to changed files:
 * `npm run fuzz:mail -- [--cases N] [--first SEED] [--seconds N]`. The last line is one JSON document; ends with 1 when
 * something crashed, hung or broke its word.
 */
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { fuzz } from './fuzz.js';

const options = {
  cases: { type: 'string' },
  first: { type: 'string' },
  seconds: { type: 'string' },
} as const;
const { values } = parseArgs({ options });

/** A case that never ends stops the program that would tell of it; this one sees that and says which it is. */
const watch = `
  const { workerData } = require('node:worker_threads');
  let last = -1, since = Date.now();
  setInterval(() => {
    const now = Atomics.load(workerData, 0);
    if (now !== last) [last, since] = [now, Date.now()];
    if (Date.now() - since < 60000) return;
    process._rawDebug('case ' + now + ' does not end');
    process.kill(process.pid, 'SIGKILL');
  }, 1000);`;

const beats = new Int32Array(new SharedArrayBuffer(4));
const worker = new Worker(watch, { eval: true, workerData: beats });
const cases = Number(values.cases ?? 20_000);
const timeMs = Number(values.seconds ?? Number.POSITIVE_INFINITY) * 1000;
const told = await fuzz(Number(values.first ?? 1), cases, timeMs, (seed) => {
  Atomics.store(beats, 0, seed);
  if (seed % 1000 === 0) process.stderr.write(`case ${seed}\n`);
});
await worker.terminate();
process.stdout.write(`${JSON.stringify(told)}\n`);
process.exitCode = told.failures.length > 0 ? 1 : 0;
