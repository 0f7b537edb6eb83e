import { join } from 'node:path';
import type { Finding } from '../../src/finding/finding.js';
import type { Outcome } from '../../src/finding/outcome.js';
import { openDatabase } from '../../src/store/database.js';
import { openLedger } from '../../src/store/ledger.js';
import { Reviews } from '../../src/store/reviews.js';
import { layout } from '../../src/store/schema.js';
import { randomFrom } from '../drill/random.js';
import { finding, patch, reviewOf, trace } from '../report/sample.js';

/** Pages to ask for, by what they show. */
export type Paths = Record<string, string>;

const words = 'fault entry lock unlock lookup huge page mapping truncate wait wake store folio inode'.split(
  ' ',
);

/** A store with this many reviewed series, as a list of twenty years leaves it. */
export async function fillStore(folder: string, count: number): Promise<Paths> {
  const file = join(folder, 'mail.db');
  openLedger(file).close();
  const database = openDatabase(file, layout);
  const reviews = new Reviews(database);
  const next = randomFrom(7);
  const word = () => words[Math.floor(next() * words.length)]!;
  for (let n = 0; n < count; n++) {
    const id = `series-${n}`;
    const subject = `[PATCH v${1 + (n % 4)}] ${n % 3 === 0 ? 'dax' : 'mm/filemap'}: ${word()} the ${word()} ${word()}`;
    const sender = `Developer ${n % 700} <dev${n % 700}@example.org>`;
    const arrivedMs = 1_600_000_000_000 + n * 60_000;
    const named = { id, messageId: `${n}.${id}@example.org`, version: 1 + (n % 4) };
    reviews.plan(
      { ...named, subject, sender, lists: ['nvdimm@lists.linux.dev'], words: [], arrivedMs },
      [],
      [],
    );
    if (n % 100 !== 99) reviews.finish(id, outcomeOf(n), arrivedMs);
  }
  database.close();
  return pathsOf(count);
}

/** One in ten opens something, some cannot be read, most are clear. */
function outcomeOf(n: number): Outcome {
  if (n % 50 === 7) return { outcome: 'refused', why: 'it does not apply to any tree' };
  if (n % 50 === 9) return { outcome: 'not-analysed', limit: 'time', why: 'more than ten minutes' };
  const findings = n % 10 === 0 ? [longFinding] : [];
  const replays = Array.from({ length: 40 }, (_, at) => ({ ...patch.replays[0]!, race: `race-${at}` }));
  return { outcome: 'reviewed', report: reviewOf({ ...patch, findings, replays }) };
}

/** As long as those of real code are: forty of their statements are told. */
const longTimes = 4;

const longFinding: Finding = {
  ...finding,
  trace: Array.from({ length: longTimes }, () => trace)
    .flat()
    .map((step, at) => ({
      ...step,
      step: at + 1,
      broken: at === longTimes * trace.length - 1 ? step.broken : null,
    })),
};

function pathsOf(count: number): Paths {
  const middle = Math.floor(count / 20) * 10;
  return {
    'series, the newest': '/',
    'series, from the middle': `/?before=${Math.floor(count / 2)}`,
    'series, one stand': '/?stand=introduced',
    'search, one word': '/?q=dax',
    'search, two words and a stand': '/?q=huge+truncate&stand=introduced',
    'search, nothing like that': '/?q=dax+folio+nothinglikethat',
    'a series': `/series/series-${middle + 1}`,
    'a finding': `/series/series-${middle}/1/${finding.id}`,
    'the catalogue': '/races',
    'the lists': '/lists',
  };
}
