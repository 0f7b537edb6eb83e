import { isProblem } from '../../src/finding/problem.js';
import { Conveyor } from '../../src/job/conveyor.js';
import { type ReviewJob, unpackMbox } from '../../src/job/payload.js';
import { review } from '../../src/review.js';
import { MemoryQueue } from '../job/memory-queue.js';
import type { openOffice } from './office.js';

/** Takes a mail in as far as a worker; what the worker said of it is recorded, too. Answers what was told of it. */
export async function work(office: ReturnType<typeof openOffice>, raw: Buffer): Promise<object[]> {
  await office.come(raw);
  const queue = new MemoryQueue();
  const told: object[] = [];
  const tell = (event: string, names: object) => void told.push({ event, ...names });
  const belt = new Conveyor({
    ...office.ledger,
    queue,
    config: () => office.config,
    now: () => office.clock.now,
    tell,
    onNewer: () => {},
  });
  await belt.turn();
  office.clock.now += 4000;
  while (await belt.turn());
  for (const [id, job] of queue.jobs) {
    const options = { trees: [], races: [], full: false, config: new Map() };
    const answer = await review(unpackMbox(job as ReviewJob), options);
    const result = isProblem(answer)
      ? { outcome: 'refused', why: answer.problem }
      : { outcome: 'reviewed', report: answer };
    queue.finish(id, { outcome: 'done', result });
  }
  await belt.turn();
  return told;
}
