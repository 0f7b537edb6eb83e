import { atMost } from './at-most.js';
import type { Config } from './config/config.js';
import { readSecret } from './config/secret.js';
import { openLog, quietly } from './daemon/log.js';
import { closeMs } from './daemon/opened.js';
import type { Problem } from './finding/problem.js';
import type { Signals } from './finding/serve.js';
import { ReviewWorkers } from './job/review-workers.js';
import { redisDriver } from './queue/redis.js';

export interface WorkOptions {
  config: Config;
  environment: NodeJS.ProcessEnv;
  signals: Signals;
}

/**
 * Reviews what a daemon elsewhere puts into the Redis that both know. It has trees of its own and no store:
 * results travel back through the queue. Answers a problem when it cannot begin.
 */
export async function work({ config, environment, signals }: WorkOptions): Promise<Problem | undefined> {
  if (!config.queue.startsWith('redis'))
    return {
      problem: 'a worker needs "queue: redis://HOST" in its configuration, and so does its daemon',
      exit: 2,
    };
  if (config.limits.jobs === 0) return { problem: 'a worker with "jobs: 0" has nothing to do', exit: 2 };
  const log = openLog(config.log.level);
  try {
    const password = config.queuePassword && readSecret(config.queuePassword, environment);
    const onTrouble = quietly((trouble) => log.warn({ trouble }, 'trouble'));
    const driver = redisDriver(config.queue, password, { onTrouble });
    const queue = await driver.open('review');
    const workers = new ReviewWorkers(
      queue,
      () => config,
      () => log.info('reviewed one'),
      onTrouble,
    );
    await workers.begin();
    log.info({ jobs: config.limits.jobs, pid: process.pid }, 'started');
    await new Promise<void>((resolve) => signals.onStop(resolve));
    log.info({ limitMs: config.limits.drain }, 'ending');
    const { drain } = config.limits;
    await atMost(drain + closeMs, workers.end(drain));
    await atMost(closeMs, queue.close());
    await atMost(closeMs, driver.close());
    log.info('ended');
    return undefined;
  } catch (error) {
    const problem = (error as Error).message.split('\n')[0]!;
    return { problem, exit: /cannot be reached/.test(problem) ? 4 : 2 };
  }
}
