import { parentPort } from 'node:worker_threads';
import { isProblem } from '../finding/problem.js';
import { review } from '../review.js';
import type { CellAnswer, CellTask } from './cell-message.js';

/** A report that is larger than this says nothing that anybody reads. */
const mostReport = 16_000_000;

/** The thread of a cell that reviews: it may be busy for as long as it likes, the cell itself stays awake. */
async function answer({ mbox, options }: CellTask): Promise<CellAnswer> {
  const result = await review(Buffer.from(mbox), options);
  if (isProblem(result))
    // A tree that cannot be read is the fault of the configuration, and of no patch.
    return { outcome: result.exit === 3 ? 'refused' : 'broken', why: result.problem };
  const size = JSON.stringify(result).length;
  if (size > mostReport)
    return { outcome: 'not-analysed', limit: 'size', why: `the report has ${size} bytes` };
  return { outcome: 'reviewed', report: result };
}

parentPort?.on('message', async (task: CellTask) => parentPort?.postMessage(await answer(task)));
