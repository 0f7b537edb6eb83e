import { parentPort, workerData } from 'node:worker_threads';
import type { Race } from './race.js';
import { type Done, type Share, take } from './spread.js';
import { type Task, tasks } from './task.js';

/** A thread beside the first: it takes one race after the other until there is none. */
function work<T extends Task>({ task, input, races, queue, next }: Share<T>): void {
  for (let place = take(next); place < races.length; place = take(next)) {
    const at = queue[place] as number;
    const done: Done<T> = { at, output: tasks[task](races[at] as Race, input) };
    parentPort?.postMessage(done);
  }
}

work(workerData as Share);
