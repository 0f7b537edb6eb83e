import type { AnalysisOptions } from '../finding/request.js';
import { startThread } from '../thread.js';
import type { Race } from './race.js';
import { type Task, type Tasks, tasks } from './task.js';

/** Another thread reads all the C for itself and warms up, which was measured to pay only for longer work. */
const usualAloneMs = 4000;

/** What a thread is given; `next` is shared: the place in `queue` of the race that nobody has taken. */
export interface Share<T extends Task = Task> {
  task: T;
  input: Tasks[T]['input'];
  races: readonly Race[];
  queue: readonly number[];
  next: Int32Array;
}

/** What it sends back for each race that it took. */
export interface Done<T extends Task = Task> {
  at: number;
  output: Tasks[T]['output'];
}

/**
 * Does a task with every race, on this thread and, when it takes long, on others beside it. The outputs stand
 * in the order of the races and do not depend on how many threads there were. What a thread took and did not
 * finish because it died is done here.
 */
export async function spread<T extends Task>(
  task: T,
  input: Tasks[T]['input'],
  races: readonly Race[],
  options: Pick<AnalysisOptions, 'jobs' | 'aloneMs' | 'onProgress'>,
): Promise<Tasks[T]['output'][]> {
  const next = new Int32Array(new SharedArrayBuffer(4));
  const share: Share<T> = { task, input, races, queue: longestFirst(races), next };
  const outputs = new Map<number, Tasks[T]['output']>();
  const others: Promise<void>[] = [];
  const start = performance.now();
  for (let place = take(next); place < races.length; place = take(next)) {
    const at = share.queue[place] as number;
    const race = races[at] as Race;
    options.onProgress?.({ what: race.id, done: place, of: races.length });
    outputs.set(at, tasks[task](race, input));
    const long = performance.now() - start > (options.aloneMs ?? usualAloneMs);
    while (long && others.length < threadsBeside(options.jobs, races.length - place))
      others.push(begin(share, (done) => outputs.set(done.at, done.output)));
    await new Promise(setImmediate);
  }
  await Promise.all(others);
  for (const [at, race] of races.entries()) if (!outputs.has(at)) outputs.set(at, tasks[task](race, input));
  return races.map((_, at) => outputs.get(at) as Tasks[T]['output']);
}

/** Does a task with every race on one other thread, while this one goes on; a race that it died of has no output. */
export async function beside<T extends Task>(
  task: T,
  input: Tasks[T]['input'],
  races: readonly Race[],
): Promise<(Tasks[T]['output'] | undefined)[]> {
  const next = new Int32Array(new SharedArrayBuffer(4));
  const outputs = new Map<number, Tasks[T]['output']>();
  const share: Share<T> = { task, input, races, queue: [...races.keys()], next };
  await begin(share, (done) => outputs.set(done.at, done.output));
  return [...races.keys()].map((at) => outputs.get(at));
}

/** The place of the next race in the queue; behind its end when there is none. */
export function take(next: Int32Array): number {
  return Atomics.add(next, 0, 1);
}

/** Four threads make far more states than two: begun last, such a race would keep everybody waiting. */
function longestFirst(races: readonly Race[]): number[] {
  const threads = (at: number) => (races[at] as Race).threads.length;
  return [...races.keys()].sort((a, b) => threads(b) - threads(a) || a - b);
}

/** How many threads beside this one have something to do. */
function threadsBeside(jobs = 1, left: number): number {
  return Math.min(jobs - 1, left - 1);
}

/** Begins a thread. Resolves when it has ended, whatever ended it. */
function begin<T extends Task>(share: Share<T>, onDone: (done: Done<T>) => void): Promise<void> {
  const worker = startThread('./race-thread', import.meta.url, { workerData: share });
  return new Promise((resolve) => {
    worker.on('message', onDone);
    worker.on('error', () => {});
    worker.on('exit', () => resolve());
  });
}
