import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLedger } from '../../src/store/ledger.js';
import { freePort, hasRedis } from '../queue/places.js';
import { startDovecot } from '../source/dovecot.js';
import { needs } from '../source/server.js';
import { makeClock } from './clock.js';
import { makeDisk } from './disk.js';
import { startMailServer } from './mail-server.js';
import { postedSeries } from './mails.js';
import { strike } from './points.js';
import { randomFrom } from './random.js';
import { drillCaps, makeFolder, setStage } from './stage.js';
import { pause, Troupe } from './troupe.js';
import { isGood, judge } from './verdict.js';

// While mail arrives, a daemon, two workers and a redis-server are killed, the disk is full, the mailbox is away and
// the clock is set; in the end every series has to be reviewed once and every answer said once. DRILL_POINTS, DRILL_SERIES and DRILL_SEED change it.

const number = (name: string, usual: number) => Number(process.env[name] ?? usual);
const points = number('DRILL_POINTS', 50);
const seriesCount = number('DRILL_SERIES', points * 4);
const seed = number('DRILL_SEED', Date.now() % 1_000_000);
const random = randomFrom(seed);
const say = (line: string) => process.stdout.write(`${line}\n`);

if (!hasRedis || !needs('dovecot')) {
  say('the drill needs a redis-server in PATH, and a dovecot');
  process.exit(1);
}
say(`drill: ${seriesCount} series, ${points} points, DRILL_SEED=${seed}`);

const folder = makeFolder();
const subfolder = (name: string) => {
  mkdirSync(join(folder, name));
  return join(folder, name);
};
const archive = await startMailServer(randomFrom(seed + 1));
const mailbox = await startDovecot(subfolder('mailbox'));
const clock = makeClock(folder);
const troupe = new Troupe(folder, clock.environment);
const disk = makeDisk(subfolder('disk'), () => [troupe.pid('serve')]);
say(`a full disk is ${disk.kind}`);
const password = join(folder, 'password');
writeFileSync(password, 'secret\n', { mode: 0o600 });
const redisPort = await freePort();
const state = join(disk.folder, 'state');
const stage = setStage(
  {
    queue: `redis://127.0.0.1:${redisPort}`,
    state,
    sources: [
      { name: 'box', url: `imap://bot@127.0.0.1:${mailbox.port}/INBOX`, password: { file: password } },
    ],
    web: { listen: `127.0.0.1:${await freePort()}` },
    mail: { dryRun: false, smtp: { url: `smtp://127.0.0.1:${archive.port}` } },
    limits: { jobs: 1, reviewTime: '5m', states: 5000, drain: '20s' },
    // Longer than a mailbox is away.
    otherwise: { embargo: '15s', caps: drillCaps },
  },
  folder,
);
const posted = Array.from({ length: seriesCount }, (_, at) => postedSeries(at));
const begin = Date.now();

troupe.redis(redisPort, disk.folder);
troupe.faultline('serve', 'serve', '-c', stage.config);
for (const name of ['worker-1', 'worker-2']) troupe.faultline(name, 'worker', '-c', stage.config);

/** Mails come while processes go. */
async function post(): Promise<void> {
  const everyMs = (points * 3000) / seriesCount;
  for (const { mails } of posted)
    for (const mail of mails) {
      mailbox.add([mail]);
      await pause(everyMs / mails.length);
    }
}

/** What a machine's own supervisor does: who ended is begun again. */
const fallen: string[] = [];
const supervisor = setInterval(() => {
  for (const name of troupe.fallen()) {
    fallen.push(name);
    troupe.again(name);
  }
}, 1000);

/** Waits until nothing is left to do, as long as something still moves. */
async function settle(): Promise<boolean> {
  const answers = posted.filter(({ opens }) => opens).length;
  const stuckMs = 180_000;
  for (let last = '', since = Date.now(); Date.now() - since < stuckMs; await pause(1000)) {
    const ledger = openLedger(join(state, 'mail.db'));
    const { due, queued, done, oldestMs } = ledger.reviews.backlog();
    ledger.close();
    if (oldestMs === undefined && done >= seriesCount && archive.copies.size >= answers) return true;
    const now = `${due} ${queued} ${done} ${archive.copies.size}`;
    if (now !== last) since = Date.now();
    last = now;
  }
  return false;
}

const [struck] = await Promise.all([strike(points, { troupe, disk, mailbox, clock, random }), post()]);
say(`all points struck after ${Math.round((Date.now() - begin) / 1000)} s`);
const settled = await settle();
// A mail that was sent and not answered is sent once more after a minute.
await pause(archive.vanished > 0 ? 70_000 : 3000);
clearInterval(supervisor);
const code = await troupe.stop('serve');
await troupe.stopAll();
await Promise.all([archive.close(), mailbox.stop()]);
const verdict = judge(state, troupe.log('serve'), posted, archive);
/** A disk that was full has to have hurt somebody, or it was not full. */
const hurt = ['serve', 'worker-1', 'worker-2', 'redis']
  .flatMap((name) => readFileSync(troupe.log(name), 'utf8').split('\n'))
  .filter((line) =>
    /SQLITE_(?:FULL|IOERR)|disk is full|disk I\/O error|No space left|ENOSPC|MISCONF|EFBIG/.test(line),
  ).length;
const wasFull = new Map(struck).get('disk full') ?? 0;
const good = settled && code === 0 && isGood(verdict) && (wasFull === 0 || hurt > 0);
const seconds = Math.round((Date.now() - begin) / 1000);
const rows: [string, string | number][] = [
  ...struck,
  ['lines that tell of the full disk', hurt],
  ['ended by themselves', fallen.length === 0 ? 0 : `${fallen.length} (${fallen.join(' ')})`],
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
say(good ? 'good: nothing lost, nothing doubled' : `BAD: see ${folder}`);
if (good) {
  disk.remove();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(good ? 0 : 1);
