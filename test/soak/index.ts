/**
 * Mail of an archive through a daemon, for as long as is said: `npm run soak -- ARCHIVE [--messages 800]
 * [--minutes 60] [--skip N] [--tree T]..`. 800 mails are about what all lists of lore get in an hour. Prints a line
 * a minute and ends with one JSON document; with 1 when memory still grew, or something fell or was left undone.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openPublicInbox } from '../../src/source/public-inbox.js';
import { openLedger } from '../../src/store/ledger.js';
import { setStage } from '../drill/stage.js';
import { pause, Troupe } from '../drill/troupe.js';
import { freePort } from '../free-port.js';
import { isFlat, median, memoryOf } from './memory.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    messages: { type: 'string', default: '800' },
    minutes: { type: 'string', default: '60' },
    skip: { type: 'string', default: '0' },
    tree: { type: 'string', multiple: true, default: [] },
  },
});

const [archive] = positionals;
if (archive === undefined) throw new Error('usage: npm run soak -- ARCHIVE [--messages N] [--minutes M]');
const wanted = Number(values.messages);
const lasts = Number(values.minutes) * 60_000;
const everyMs = 5000;

const stage = setStage({
  web: { listen: `127.0.0.1:${await freePort()}` },
  queue: 'embedded',
  limits: { jobs: 1 },
  trees: values.tree.map((path) => ({ path })),
});
const troupe = new Troupe(stage.folder);
const own: number[] = [];
const others: number[] = [];
let delivered = 0;
let isOver = false;

function backlog(): { queued: number; done: number } {
  const ledger = openLedger(join(stage.state, 'mail.db'));
  const { queued, done } = ledger.reviews.backlog();
  ledger.close();
  return { queued, done };
}

/** As evenly over the time as the mails allow. */
async function deliver(): Promise<void> {
  const begun = Date.now();
  const source = openPublicInbox(archive!);
  let at = -Number(values.skip);
  for await (const arrival of source.read(undefined)) {
    if (arrival.kind !== 'mail' || at++ < 0) continue;
    const due = begun + (lasts * 0.9 * delivered) / wanted;
    if (due > Date.now()) await pause(due - Date.now());
    stage.deliver(`${at}`, arrival.raw);
    if (++delivered === wanted || isOver) break;
  }
  await source.close();
}

async function sample(): Promise<void> {
  const pid = troupe.pid('serve');
  for (let n = 0; !isOver; n++) {
    const now = memoryOf(pid);
    own.push(now.own);
    others.push(now.others);
    if (n % (60_000 / everyMs) === 0) {
      const { queued, done } = backlog();
      const said = `${Math.round((n * everyMs) / 60_000)} min: ${delivered} mails, ${done} reviewed, ${queued} wait; daemon ${Math.round(now.own)} MB, beside it ${Math.round(now.others)} MB\n`;
      process.stderr.write(said);
    }
    await pause(everyMs);
  }
}

async function soak(): Promise<boolean> {
  troupe.faultline('serve', 'serve', '-c', stage.config);
  await pause(10_000);
  const sampling = sample();
  const end = Date.now() + lasts;
  await deliver();
  await pause(Math.max(0, end - Date.now()));
  isOver = true;
  await sampling;
  const { queued, done } = backlog();
  const told = {
    minutes: lasts / 60_000,
    messages: delivered,
    reviewed: done,
    waiting: queued,
    daemonMb: { median: Math.round(median(own)), peak: Math.round(Math.max(...own)) },
    besideMb: { median: Math.round(median(others)), peak: Math.round(Math.max(...others)) },
    flat: isFlat(own) && isFlat(others, 1.5),
    fallen: troupe.fallen(),
  };
  process.stdout.write(`${JSON.stringify(told)}\n`);
  return told.flat && told.fallen.length === 0 && queued < 5;
}

try {
  process.exitCode = (await soak()) ? 0 : 1;
} finally {
  await troupe.stopAll();
  rmSync(stage.folder, { recursive: true, force: true });
}
