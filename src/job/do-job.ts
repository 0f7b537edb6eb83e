import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../config/config.js';
import type { Outcome } from '../finding/outcome.js';
import type { ReviewOptions } from '../finding/request.js';
import { HopelessJob, type Job } from '../queue/queue.js';
import { type ReviewJob, unpackMbox } from './payload.js';
import { runCell } from './run-cell.js';

/** A review that broke is begun once more: the next time it is taken for the series' own doing. */
const breaks = 2;

/** What a job needs of the configuration; each machine has its own trees. */
export type JobSettings = Pick<Config, 'trees' | 'limits'>;

/** Trees that are meant for nobody in particular, and those that are meant for a list or a prefix of the series. */
export function treesFor(
  { trees }: Pick<Config, 'trees'>,
  { lists, words }: Pick<ReviewJob, 'lists' | 'words'>,
): string[] {
  const said = new Set(words.map((word) => word.toLowerCase()));
  const fits = trees.filter(
    (tree) =>
      (tree.lists.length === 0 || tree.lists.some((list) => lists.includes(list))) &&
      (tree.prefixes.length === 0 || tree.prefixes.some((prefix) => said.has(prefix.toLowerCase()))),
  );
  // A tree that is asked for by name is the better guess.
  return fits.sort((a, b) => b.prefixes.length - a.prefixes.length).map(({ path }) => resolve(path));
}

/** Trees of a configuration that are not there: patches are reviewed without them, which somebody should know. */
export function missingTrees({ trees }: Pick<Config, 'trees'>): string[] {
  return trees.map(({ path }) => resolve(path)).filter((path) => !existsSync(path));
}

/** How a series is reviewed. A disk that is not mounted is no reason to review nothing; that it is missing is told at the start. */
export function optionsFor(settings: JobSettings, job: Pick<ReviewJob, 'lists' | 'words'>): ReviewOptions {
  const { states } = settings.limits;
  return {
    trees: treesFor(settings, job).filter((path) => existsSync(path)),
    races: [],
    full: false,
    config: new Map(),
    ...(states === undefined ? {} : { budget: states }),
  };
}

function isReviewJob(data: unknown): data is ReviewJob {
  const { mbox, lists, words } = (data ?? {}) as Partial<ReviewJob>;
  const texts = (value: unknown) => Array.isArray(value) && value.every((each) => typeof each === 'string');
  return typeof mbox === 'string' && texts(lists) && texts(words);
}

/** Reviews one series within the limits. Throws what may be better the next time. */
export async function doJob(job: Job, settings: JobSettings, signal: AbortSignal): Promise<Outcome> {
  const { data } = job;
  if (!isReviewJob(data)) throw new HopelessJob('the job holds no mails');
  const { reviewTime, reviewMemory } = settings.limits;
  const options = optionsFor(settings, data);
  const task = { mbox: unpackMbox(data), options, limitMs: reviewTime, limitBytes: reviewMemory };
  const answer = await runCell(task, signal);
  if (answer.outcome !== 'broken') return answer;
  if (job.attempt < breaks || signal.aborted) throw new Error(answer.why);
  return { outcome: 'not-analysed', limit: 'crash', why: answer.why };
}
