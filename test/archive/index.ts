/**
 * Reviews every patch of a store that changes a modelled file:
 * `npm run agree:archive -- MAIL.db --out FILE [--tree T].. [--limit SECONDS]`.
 * MAIL.db is made by `faultline ingest`. With trees each series is reviewed on them as far as they take it, then
 * by its parts for the files under review (`plan.ts`); without any, on the built-in baseline. FILE gets one JSON
 * line a mail; a run that was interrupted goes on where it was. Ends with the table of outcomes. `--refused FILE` takes only what no tree took
 * in another run, `--only WORDS` takes postings by their subjects, `--table` only prints.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openTrees } from '../../src/change/open-all.js';
import { joinMbox } from '../../src/mail/join-mbox.js';
import { Crew } from '../crew/crew.js';
import { type Posting, pathsOf, readPostings, reviewed } from './mails.js';
import { idOf, planOn, type Step } from './plan.js';
import { type Line, table } from './table.js';
import type { Answer, Task, Told } from './task.js';
import { nothing } from './tell.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    refused: { type: 'string' },
    tree: { type: 'string', multiple: true, default: [] },
    limit: { type: 'string', default: '300' },
    only: { type: 'string' },
    table: { type: 'boolean', default: false },
  },
});

function readLines(file: string | undefined): Line[] {
  if (file === undefined || !existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter(Boolean).map((line) => JSON.parse(line) as Line);
}

/** Without trees a series is reviewed as it was sent: the baseline takes what it can. */
function planWithout({ patches, touching }: Posting): Step[] {
  return [{ how: 'series', patches, ids: touching.map((at) => idOf(patches[at]!)) }];
}

function lineOf(posting: Posting, how: Line['how'], told: Told, cpuMs: number): Line {
  const patch = posting.patches.find(({ message }) => message.id === told.id)!;
  const { subject, date } = patch.message;
  const files = pathsOf(patch).filter((path) => reviewed.includes(path));
  return { subject: subject.replace(/\s+/g, ' '), date: date ?? '', files, how, cpuMs, ...told };
}

/** A posting of more patches may take as long as many others together. */
const short = 6;

/** How many later versions of the same work there are. */
function ageOf(postings: Posting[]): Map<Posting, number> {
  const versions = new Map<string, number>();
  const ages = new Map<Posting, number>();
  for (const posting of postings.toReversed()) {
    const work = posting.series.subject.toLowerCase();
    ages.set(posting, versions.get(work) ?? 0);
    versions.set(work, ages.get(posting)! + 1);
  }
  return ages;
}

/**
 * The last version of each work first, short ones before long ones, and those so that whatever is done when a run
 * is ended is spread evenly over the years: each step of the golden section falls into the widest gap that the
 * steps before it left.
 */
function inOrder(postings: Posting[]): Posting[] {
  const ages = ageOf(postings);
  const order = postings.map((posting, at) => ({
    posting,
    round: Math.min(1, ages.get(posting)!) * 2 + Number(posting.patches.length > short),
    place: (at * 0.6180339887498949) % 1,
  }));
  return order.sort((a, b) => a.round - b.round || a.place - b.place).map(({ posting }) => posting);
}

/** `limitMs`: of processor time, for each mail whose answer is wanted. */
function crewOf(limitMs: number): Crew<Task, Answer> {
  return new Crew<Task, Answer>({
    worker: new URL('./worker.ts', import.meta.url),
    mostTasks: 25,
    limitMs: ({ ids }) => limitMs * ids.length,
    lost: ({ ids }, how, why) => ({
      told: ids.map((id) => nothing(id, how, why)),
      cpuMs: limitMs * ids.length,
    }),
  });
}

/** `--only WORDS`: postings with a patch whose subject holds these words. */
function isMeant({ patches }: Posting): boolean {
  return patches.some(({ message }) => message.subject.includes(values.only ?? ''));
}

async function main(store: string, out: string): Promise<void> {
  const lines = readLines(out);
  const done = new Set(lines.map(({ id }) => id));
  const refused = new Set(
    readLines(values.refused).flatMap(({ id, outcome }) => (outcome === 'refused' ? [id] : [])),
  );
  const isDue = (id: string) => !done.has(id) && (values.refused === undefined || refused.has(id));
  const trees = await openTrees(values.tree);
  if (!Array.isArray(trees)) throw new Error(trees.problem);
  const crew = crewOf(Number(values.limit) * 1000);
  const postings = values.table ? [] : inOrder(await readPostings(store)).filter(isMeant);
  for (const [at, posting] of postings.entries()) {
    const touching = posting.touching.map((each) => idOf(posting.patches[each]!));
    if (!touching.some(isDue)) continue;
    const steps = values.tree.length > 0 ? await planOn(posting, trees) : planWithout(posting);
    for (const { how, patches, ids } of steps) {
      const mbox = joinMbox(patches.map(({ message }) => message.raw));
      const answer = await crew.ask({ mbox, wanted: ids.at(-1)!, trees: values.tree, ids });
      for (const told of answer.told) {
        if (!isDue(told.id)) continue;
        const line = lineOf(posting, how, told, Math.round(answer.cpuMs / answer.told.length));
        lines.push(line);
        appendFileSync(out, `${JSON.stringify(line)}\n`);
      }
    }
    process.stderr.write(`${at + 1} of ${postings.length} postings, ${lines.length} mails\n`);
  }
  crew.end();
  process.stdout.write(table(lines));
}

const [store] = positionals;
if (store === undefined || values.out === undefined)
  throw new Error('usage: npm run agree:archive -- MAIL.db --out FILE [--tree T]..');
await main(store, values.out);
