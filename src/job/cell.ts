import type { Worker } from 'node:worker_threads';
import { optimiseLate } from '../config/optimise-late.js';
import { startThread } from '../thread.js';
import type { CellAnswer, CellReply, CellTask } from './cell-message.js';

// A process of its own for reviews of hostile series, one after the other. Whatever a series does to it, it answers
// within its limits; it stays for another only if that one ended well, and when nobody waits for it any more it
// ends, with all that it started.

optimiseLate();

const lookMs = 100;
/** What a process keeps of reviews does not grow for ever. */
const mostReviews = 32;

let thread: Worker | undefined;
let reviews = 0;
let stopWatching = () => {};

function endAll(): void {
  // The cell leads a group of processes: git may still be running.
  process.kill(-process.pid, 'SIGKILL');
}

function send(reply: CellReply): void {
  stopWatching();
  process.send?.(reply, undefined, undefined, reply.stays ? undefined : endAll);
}

const leave = (answer: CellAnswer) => send({ answer, stays: false });

const inSeconds = (ms: number) => `${Math.round(ms / 100) / 10} s`;
const inMegabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

function watch({ limitMs, limitBytes }: CellTask): void {
  const timer = setTimeout(
    () => leave({ outcome: 'not-analysed', limit: 'time', why: `more than ${inSeconds(limitMs)}` }),
    limitMs,
  );
  const looking = setInterval(() => {
    if (process.memoryUsage.rss() > limitBytes) leave(tooLarge(limitBytes));
  }, lookMs);
  stopWatching = () => {
    clearTimeout(timer);
    clearInterval(looking);
  };
}

function tooLarge(limitBytes: number): CellAnswer {
  return { outcome: 'not-analysed', limit: 'memory', why: `more than ${inMegabytes(limitBytes)}` };
}

function startReviewing(limitBytes: number): Worker {
  const started = startThread('./review-thread', import.meta.url, {
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil(limitBytes / 1024 / 1024) },
  });
  started.on('message', (answer: CellAnswer) => send({ answer, stays: isGoodFor(answer, limitBytes) }));
  started.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') leave(tooLarge(limitBytes));
    else leave({ outcome: 'broken', why: String(error.message).split('\n')[0]!.slice(0, 300) });
  });
  started.once('exit', () => leave({ outcome: 'broken', why: 'the review ended without an answer' }));
  return started;
}

/** The next review must have as much room as in a fresh cell, or nearly so. */
function isGoodFor({ outcome }: CellAnswer, limitBytes: number): boolean {
  const endedWell = outcome === 'reviewed' || outcome === 'refused';
  return endedWell && reviews < mostReviews && process.memoryUsage.rss() < limitBytes / 2;
}

process.on('message', (task: CellTask) => {
  reviews++;
  watch(task);
  thread ??= startReviewing(task.limitBytes);
  thread.postMessage(task);
});
process.once('disconnect', endAll);
