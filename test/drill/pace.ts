import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../src/store/ledger.js';
import { freePort } from '../free-port.js';
import { hasRedis } from '../queue/places.js';
import { postedSeries } from './mails.js';
import { type Stage, setStage } from './stage.js';
import { pause, Troupe } from './troupe.js';

// How fast, and how large: one and two workers on one Redis, series in a minute, memory of a daemon at rest.

const series = Number(process.env.PACE_SERIES ?? 12);
const say = (name: string, value: string) => process.stdout.write(`${name.padEnd(52)} ${value}\n`);

if (!hasRedis) {
  process.stdout.write('this needs a redis-server in PATH\n');
  process.exit(1);
}

function backlog({ state }: Stage): { queued: number; done: number } {
  const ledger = openLedger(join(state, 'mail.db'));
  const { queued, done } = ledger.reviews.backlog();
  ledger.close();
  return { queued, done };
}

async function until(what: () => boolean, ms = 600_000): Promise<void> {
  for (const end = Date.now() + ms; !what(); await pause(100))
    if (Date.now() > end) throw new Error('it takes too long');
}

async function begun(troupe: Troupe, name: string): Promise<void> {
  const started = () => {
    try {
      return readFileSync(troupe.log(name), 'utf8').includes('"msg":"started"');
    } catch {
      return false;
    }
  };
  await until(started, 120_000);
}

/** Whatever happens to it, a stage is empty afterwards. */
async function staged<Result>(
  settings: object,
  use: (stage: Stage, troupe: Troupe) => Promise<Result>,
): Promise<Result> {
  const stage = setStage({ web: { listen: `127.0.0.1:${await freePort()}` }, ...settings });
  const troupe = new Troupe(stage.folder);
  try {
    return await use(stage, troupe);
  } finally {
    await troupe.stopAll();
    rmSync(stage.folder, { recursive: true, force: true });
  }
}

/** Seconds that some workers take for a batch of reviews that compute. */
async function batch(workers: number): Promise<number> {
  const port = await freePort();
  const queue = `redis://127.0.0.1:${port}`;
  return staged({ queue, limits: { jobs: 0 } }, async (stage, troupe) => {
    const hands = setStage({ queue, limits: { jobs: 1 } }, join(stage.folder, 'hands'));
    troupe.redis(port);
    troupe.faultline('serve', 'serve', '-c', stage.config);
    for (let at = 0; at < series; at++) stage.deliver(`${at}`, postedSeries(10 * at + 3).mails[0]!);
    await begun(troupe, 'serve');
    await until(() => backlog(stage).queued === series);
    const names = Array.from({ length: workers }, (_, at) => `worker-${at}`);
    for (const name of names) troupe.faultline(name, 'worker', '-c', hands.config);
    await Promise.all(names.map((name) => begun(troupe, name)));
    const begin = Date.now();
    await until(() => backlog(stage).done === series);
    return (Date.now() - begin) / 1000;
  });
}

function residentMb(pid: number): number {
  return Math.round(
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
  );
}

/** A daemon that has nothing to do, a while after it began. */
const atRest = (queue: 'local' | 'embedded'): Promise<number> =>
  staged({ queue }, async (stage, troupe) => {
    troupe.faultline('first', 'serve', '-c', stage.config);
    await begun(troupe, 'first');
    await troupe.stop('first');
    troupe.faultline('serve', 'serve', '-c', stage.config);
    await begun(troupe, 'serve');
    await pause(15_000);
    return residentMb(troupe.pid('serve'));
  });

/** Series in a minute, of patches that touch nothing that is modelled. */
const flood = (): Promise<number> =>
  staged({ queue: 'local', limits: { jobs: 2 } }, async (stage, troupe) => {
    const count = 4 * series;
    for (let at = 0; at < count; at++) stage.deliver(`${at}`, postedSeries(5 * at).mails[0]!);
    troupe.faultline('serve', 'serve', '-c', stage.config);
    await begun(troupe, 'serve');
    const begin = Date.now();
    await until(() => backlog(stage).done === count);
    return count / ((Date.now() - begin) / 60_000);
  });

const one = await batch(1);
say(`${series} reviews that compute, 1 worker`, `${one.toFixed(1)} s`);
const two = await batch(2);
say(`${series} reviews that compute, 2 workers`, `${two.toFixed(1)} s`);
say('ratio', (two / one).toFixed(2));
say('series in a minute that touch nothing, 2 at a time', (await flood()).toFixed(0));
say('memory of the daemon at rest, redis-server of its own', `${await atRest('local')} MB`);
say('memory of the daemon at rest, embedded queue', `${await atRest('embedded')} MB`);
