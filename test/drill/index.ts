import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../src/store/ledger.js';
import { freePort, hasRedis } from '../queue/places.js';
import { startMailServer } from './mail-server.js';
import { postedSeries } from './mails.js';
import { randomFrom } from './random.js';
import { setStage } from './stage.js';
import { pause, Troupe } from './troupe.js';
import { isGood, judge } from './verdict.js';

// A daemon, two workers and a redis-server are killed at random points while mail arrives; in the end every
// series has to be reviewed once and every answer said once. DRILL_POINTS, DRILL_SERIES and DRILL_SEED change it.

const number = (name: string, usual: number) => Number(process.env[name] ?? usual);
const points = number('DRILL_POINTS', 50);
const seriesCount = number('DRILL_SERIES', points * 4);
const seed = number('DRILL_SEED', Date.now() % 1_000_000);
const random = randomFrom(seed);
const say = (line: string) => process.stdout.write(`${line}\n`);

if (!hasRedis) {
  say('the drill needs a redis-server in PATH');
  process.exit(1);
}
say(`drill: ${seriesCount} series, ${points} points, DRILL_SEED=${seed}`);

const archive = await startMailServer(randomFrom(seed + 1));
const redisPort = await freePort();
const stage = setStage({
  queue: `redis://127.0.0.1:${redisPort}`,
  web: { listen: `127.0.0.1:${await freePort()}` },
  mail: { dryRun: false, smtp: { url: `smtp://127.0.0.1:${archive.port}` } },
  limits: { jobs: 1, reviewTime: '5m', states: 5000, drain: '20s' },
});
const posted = Array.from({ length: seriesCount }, (_, at) => postedSeries(at));
const troupe = new Troupe(stage.folder);
const victims = ['serve', 'worker-1', 'worker-2', 'redis'] as const;
const kills = new Map<string, number>(victims.map((name) => [name, 0]));
const begin = Date.now();

troupe.redis(redisPort);
troupe.faultline('serve', 'serve', '-c', stage.config);
for (const name of ['worker-1', 'worker-2']) troupe.faultline(name, 'worker', '-c', stage.config);

/** Mails come while processes go. */
async function post(): Promise<void> {
  const everyMs = (points * 1500) / seriesCount;
  for (const { id, mails } of posted)
    for (const [at, mail] of mails.entries()) {
      stage.deliver(`${id}.${at}`, mail);
      await pause(everyMs / mails.length);
    }
}

async function strike(): Promise<void> {
  for (let point = 0; point < points; point++) {
    await pause(300 + random() * 2400);
    const victim = victims[Math.floor(random() * victims.length)]!;
    await troupe.kill(victim);
    kills.set(victim, kills.get(victim)! + 1);
    await pause(random() * 1000);
    troupe.again(victim);
  }
}

/** Waits until nothing is left to do, as long as something still moves. */
async function settle(): Promise<boolean> {
  const answers = posted.filter(({ opens }) => opens).length;
  const stuckMs = 180_000;
  for (let last = '', since = Date.now(); Date.now() - since < stuckMs; await pause(1000)) {
    const ledger = openLedger(join(stage.state, 'mail.db'));
    const { due, queued, done, oldestMs } = ledger.reviews.backlog();
    ledger.close();
    if (oldestMs === undefined && done >= seriesCount && archive.copies.size >= answers) return true;
    const now = `${due} ${queued} ${done} ${archive.copies.size}`;
    if (now !== last) since = Date.now();
    last = now;
  }
  return false;
}

await Promise.all([post(), strike()]);
say(`all points struck after ${Math.round((Date.now() - begin) / 1000)} s`);
const settled = await settle();
// A mail that was sent and not answered is sent once more after a minute.
await pause(archive.vanished > 0 ? 70_000 : 3000);
const code = await troupe.stop('serve');
await troupe.stopAll();
await archive.close();
const verdict = judge(stage.state, troupe.log('serve'), posted, archive);
const good = settled && code === 0 && isGood(verdict);

const seconds = Math.round((Date.now() - begin) / 1000);
const rows: [string, string | number][] = [
  ...[...kills].map(([name, times]): [string, number] => [`killed ${name}`, times]),
  ['seconds', seconds],
  ['settled', settled ? 'yes' : 'NO'],
  ['the daemon ended with', code ?? 'SIGKILL'],
  ['mail server: for now refused', archive.refused],
  ['mail server: took it and said nothing', archive.vanished],
  ...Object.entries(verdict).map(([name, value]): [string, string | number] => [
    name,
    Array.isArray(value)
      ? value.length === 0
        ? 0
        : `${value.length} (${value.slice(0, 5).join(' ')})`
      : value,
  ]),
];
for (const [name, value] of rows) say(`${name.padEnd(40)} ${value}`);
say(good ? 'good: nothing lost, nothing doubled' : `BAD: see ${stage.folder}`);
if (good) rmSync(stage.folder, { recursive: true, force: true });
process.exit(good ? 0 : 1);
