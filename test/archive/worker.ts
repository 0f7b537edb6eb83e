import { review } from '../../src/review.js';
import type { Answer, Task } from './task.js';
import { tell } from './tell.js';

// One review after the other, for a parent that ends this process when one takes too long.

async function answer({ mbox, wanted, trees, ids }: Task): Promise<Answer> {
  const start = process.cpuUsage();
  const options = { trees, races: [], full: false, config: new Map<string, string>(), wanted };
  const told = tell(await review(Buffer.from(mbox), options), ids);
  const { user, system } = process.cpuUsage(start);
  return { told, cpuMs: Math.round((user + system) / 1000) };
}

process.on('message', (task: Task) => {
  answer(task).then(
    (done) => process.send?.(done),
    (error: Error) => {
      process.stderr.write(`${error.stack}\n`);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => process.exit());
