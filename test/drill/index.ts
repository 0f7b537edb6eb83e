import { existsSync } from 'node:fs';
import { openLedger } from '../../src/store/ledger.js';
import { hasRedis } from '../queue/places.js';
import { needs } from '../source/server.js';
import { allPosted, type Posted } from './mails.js';
import { type Kind, linesOfFullDisk, strike } from './points.js';
import { printTable, rowsOf, shortened } from './print.js';
import { randomFrom } from './random.js';
import { openScene, type Scene } from './scene.js';
import { pause } from './troupe.js';
import { explain, isGood, judge, type Verdict } from './verdict.js';

// While mail arrives, a daemon, two workers and a redis-server are killed, the disk is full, the mailbox is away and
// the clock is set; in the end every series has to be reviewed once and every answer said once. DRILL_POINTS, DRILL_SERIES and DRILL_SEED change it.

const number = (name: string, usual: number) => Number(process.env[name] ?? usual);
const points = number('DRILL_POINTS', 50);
const seriesCount = number('DRILL_SERIES', points * 4);
const seed = number('DRILL_SEED', Date.now() % 1_000_000);
const say = (line: string) => process.stdout.write(`${line}\n`);

interface Course {
  struck: Map<Kind, number>;
  /** Who ended without being told to. */
  fallen: string[];
  settled: boolean;
  /** Exit code of the daemon; null when it had to be killed. */
  code: number | null;
  verdict: Verdict;
  /** Lines of logs that tell of a full disk. */
  hurt: number;
}

function begin({ troupe, redisPort, disk, config }: Scene): void {
  troupe.redis(redisPort, disk.folder);
  troupe.faultline('serve', 'serve', '-c', config);
  for (const name of ['worker-1', 'worker-2']) troupe.faultline(name, 'worker', '-c', config);
}

/** Mails come while processes go. */
async function post(posted: Posted[], { mailbox }: Scene, signal: AbortSignal): Promise<void> {
  const everyMs = (points * 3000) / seriesCount;
  for (const { mails } of posted)
    for (const mail of mails) {
      if (signal.aborted) return;
      mailbox.add([mail]);
      await pause(everyMs / mails.length);
    }
}

/** Waits until nothing is left to do, as long as something still moves. */
async function settle(posted: Posted[], { state, archive }: Scene): Promise<boolean> {
  const answers = posted.filter(({ opens }) => opens).length;
  const stuckMs = 180_000;
  for (let last = '', since = Date.now(); Date.now() - since < stuckMs; await pause(1000)) {
    // A daemon that was killed right away has made nothing yet.
    if (!existsSync(`${state}/mail.db`)) continue;
    const ledger = openLedger(`${state}/mail.db`);
    const { due, queued, done, oldestMs } = ledger.reviews.backlog();
    ledger.close();
    if (oldestMs === undefined && done >= seriesCount && archive.copies.size >= answers) return true;
    const now = `${due} ${queued} ${done} ${archive.copies.size}`;
    if (now !== last) since = Date.now();
    last = now;
  }
  return false;
}

async function run(scene: Scene): Promise<Course> {
  const { troupe, archive, state } = scene;
  const posted = allPosted(seriesCount);
  const began = Date.now();
  const over = new AbortController();
  const fallen: string[] = [];
  begin(scene);
  // What a machine's own supervisor does: who ended is begun again.
  const supervisor = setInterval(() => {
    for (const name of troupe.fallen()) {
      fallen.push(name);
      troupe.again(name);
    }
  }, 1000);
  try {
    const stricken = { ...scene, random: randomFrom(seed) };
    const [struck] = await Promise.all([
      strike(points, stricken, over.signal),
      post(posted, scene, over.signal),
    ]);
    say(`all points struck after ${Math.round((Date.now() - began) / 1000)} s`);
    const settled = await settle(posted, scene);
    // A mail that was sent and not answered is sent once more after a minute.
    await pause(archive.vanished > 0 ? 70_000 : 3000);
    clearInterval(supervisor);
    const code = await troupe.stop('serve');
    await troupe.stopAll();
    const verdict = judge(state, troupe.log('serve'), posted, archive);
    return { struck, fallen, settled, code, verdict, hurt: linesOfFullDisk(troupe) };
  } finally {
    over.abort();
    clearInterval(supervisor);
  }
}

function print({ struck, hurt, fallen, settled, code, verdict }: Course, seconds: number, scene: Scene) {
  printTable([
    ...struck,
    ['lines that tell of the full disk', hurt],
    ['ended by themselves', shortened(fallen)],
    ['seconds', seconds],
    ['settled', settled ? 'yes' : 'NO'],
    ['the daemon ended with', code ?? 'SIGKILL'],
    ['mail server: for now refused', scene.archive.refused],
    ['mail server: took it and said nothing', scene.archive.vanished],
    ...rowsOf(verdict),
  ]);
}

if (!hasRedis || !needs('dovecot')) {
  say('the drill needs a redis-server in PATH, and a dovecot');
  process.exit(1);
}
say(`drill: ${seriesCount} series, ${points} points, DRILL_SEED=${seed}`);
const scene = await openScene(seed);
say(`a full disk is ${scene.disk.kind}`);
let isLeaving = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    if (isLeaving) return;
    isLeaving = true;
    void scene.strike(false).finally(() => process.exit(1));
  });
let good = false;
try {
  const began = Date.now();
  const course = await run(scene);
  print(course, Math.round((Date.now() - began) / 1000), scene);
  const { settled, code, verdict, struck, hurt } = course;
  // A disk that was full has to have hurt somebody, or it was not full.
  const wasHurt = struck.get('disk full') === 0 || hurt > 0;
  good = settled && code === 0 && isGood(verdict) && wasHurt;
  if (!good) for (const line of explain(scene.state, allPosted(seriesCount), verdict)) say(line);
} finally {
  await scene.strike(!good);
  if (!good) say(`BAD: the logs (*.log) and the databases (state/) are kept in ${scene.folder}`);
}
if (good) say('good: nothing lost, nothing doubled');
process.exit(good ? 0 : 1);
