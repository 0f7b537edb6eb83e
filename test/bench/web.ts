import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { fillStore, type Paths } from './fill-store.js';

/**
 * How long each page of the dashboard takes with many stored series, under load by autocannon on loopback.
 * SERIES (default 50000), CONNECTIONS (4), SECONDS for each page (5). Ends with 1 when a page is slower at the
 * server than `limitMs` in more than one of a hundred requests.
 */
const series = Number(process.env.SERIES ?? 50_000);
const connections = Number(process.env.CONNECTIONS ?? 4);
const seconds = Number(process.env.SECONDS ?? 5);
const limitMs = 100;

const folder = mkdtempSync(join(tmpdir(), 'faultline-bench-web-'));

/** Times of the server's own clock, from the first byte asked to the last one answered. */
interface Times {
  p50: number;
  p99: number;
  /** Of the processor for each answer: what is left of the time when nothing else runs on the machine. */
  cpu: number;
}

async function main(): Promise<number> {
  const began = performance.now();
  const paths: Paths = await fillStore(folder, series);
  console.log(`${series} series stored in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const server = fork(fileURLToPath(new URL('./web-server.ts', import.meta.url)), [folder], {
    execArgv: ['--import', import.meta.resolve('tsx')],
  });
  const told = <Message>() =>
    new Promise<Message>((resolve) => server.once('message', (m) => resolve(m as Message)));
  const { url } = await told<{ url: string }>();
  let slow = 0;
  console.log(
    `${'page'.padEnd(34)} requests   at the server p50, p99 ms   processor ms   at the client p50, p99 ms   bytes`,
  );
  for (const [name, path] of Object.entries(paths)) {
    const result = await autocannon({ url: url + path, connections, duration: seconds });
    server.send('times');
    const { p50, p99, cpu } = await told<Times>();
    const ours = `${p50.toFixed(1).padStart(8)} ${p99.toFixed(1).padStart(8)}`;
    const theirs = `${result.latency.p50} ${result.latency.p99}`;
    const size = Math.round(result.throughput.total / Math.max(1, result.requests.total));
    const failed = result.non2xx + result.errors;
    console.log(
      `${name.padEnd(34)} ${String(result.requests.total).padStart(8)} ${ours.padStart(27)} ${cpu.toFixed(2).padStart(14)} ${theirs.padStart(27)} ${String(size).padStart(7)}${failed > 0 ? `  ${failed} FAILED` : ''}`,
    );
    if (p99 > limitMs || failed > 0) slow++;
  }
  server.kill();
  console.log(
    slow === 0 ? `every page under ${limitMs} ms at the server (p99)` : `${slow} pages were too slow`,
  );
  return slow === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
