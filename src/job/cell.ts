import { startThread } from '../thread.js';
import type { CellAnswer, CellTask } from './cell-message.js';

// A process of its own for one review of one hostile series. Whatever the series does to it, it answers within
// its limits, and when nobody waits for the answer any more it ends, with all that it started.

const lookMs = 100;

function endAll(): void {
  // The cell leads a group of processes: git may still be running.
  process.kill(-process.pid, 'SIGKILL');
}

function leave(answer: CellAnswer): void {
  process.send?.(answer, undefined, undefined, endAll);
}

const inSeconds = (ms: number) => `${Math.round(ms / 100) / 10} s`;
const inMegabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;

function watch({ limitMs, limitBytes }: CellTask): void {
  setTimeout(
    () => leave({ outcome: 'not-analysed', limit: 'time', why: `more than ${inSeconds(limitMs)}` }),
    limitMs,
  );
  setInterval(() => {
    if (process.memoryUsage.rss() > limitBytes) leave(tooLarge(limitBytes));
  }, lookMs);
}

function tooLarge(limitBytes: number): CellAnswer {
  return { outcome: 'not-analysed', limit: 'memory', why: `more than ${inMegabytes(limitBytes)}` };
}

function begin(task: CellTask): void {
  watch(task);
  const thread = startThread('./review-thread', import.meta.url, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: Math.ceil(task.limitBytes / 1024 / 1024) },
  });
  thread.once('message', leave);
  thread.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') leave(tooLarge(task.limitBytes));
    else leave({ outcome: 'broken', why: String(error.message).split('\n')[0]!.slice(0, 300) });
  });
  thread.once('exit', () => leave({ outcome: 'broken', why: 'the review ended without an answer' }));
}

process.once('message', (task: CellTask) => begin(task));
process.once('disconnect', endAll);
