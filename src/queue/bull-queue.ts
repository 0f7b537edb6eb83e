import {
  type BackendFactory,
  Queue as BullJobs,
  Worker as BullWorker,
  type IQueueBackend,
  type Job as JobOfBull,
  UnrecoverableError,
} from 'bullmq';
import { atMost } from '../at-most.js';
import {
  type Depth,
  type DriverSetting,
  type Ended,
  HopelessJob,
  type Job,
  type Queue,
  type QueueTiming,
  usualTiming,
  type Workers,
  type WorkersOptions,
} from './queue.js';

/** What BullMQ's constructors want to know of a store of jobs. */
export interface Wiring {
  // Redis clients and pools of PostgreSQL have nothing in common that BullMQ would name.
  connection: object;
  /** What talks to it. */
  backend: BackendFactory;
}

type Jobs = BullJobs<unknown, unknown, string, unknown, unknown, string, IQueueBackend>;
type JobWorker = BullWorker<unknown, unknown, string, IQueueBackend>;

/** BullMQ refuses colons and numbers as names of jobs; everything that is printed is short this way, too. */
const goodId = /^[A-Za-z][\w.-]{0,127}$/;

function lineOf(error: unknown): string {
  const text =
    error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
  return String(text).split('\n')[0]!.slice(0, 300);
}

class BullWorkers implements Workers {
  constructor(private readonly worker: JobWorker) {}

  async stop(limitMs: number): Promise<void> {
    // A pause waits for what is in work as closing does, and closing by force is still possible after it.
    const done = this.worker.pause().then(() => 'done' as const);
    const ending = await atMost(limitMs, done);
    await this.worker.close(ending === undefined);
  }
}

/** A queue of BullMQ, wherever its jobs are kept. Results stay until they are forgotten. */
export class BullQueue implements Queue {
  private readonly timing: QueueTiming;
  private readonly jobs: Jobs;
  private readonly onTrouble: (error: unknown) => void;

  constructor(
    private readonly name: string,
    private readonly wiring: Wiring,
    setting: DriverSetting,
  ) {
    this.timing = { ...usualTiming, ...setting.timing };
    this.onTrouble = (error) => setting.onTrouble(`queue: ${lineOf(error)}`);
    this.jobs = new BullJobs(name, this.settings(), wiring.backend);
    this.jobs.on('error', this.onTrouble);
  }

  private settings() {
    return { connection: this.wiring.connection as never, prefix: 'faultline' };
  }

  async add(id: string, data: unknown, options: { delayMs?: number } = {}): Promise<void> {
    if (!goodId.test(id)) throw new Error(`${JSON.stringify(id)} is no id of a job`);
    await this.jobs.add(this.name, data, {
      jobId: id,
      delay: options.delayMs ?? 0,
      attempts: this.timing.tries,
      backoff: { type: 'exponential', delay: this.timing.backoffMs },
      removeOnComplete: false,
      removeOnFail: false,
    });
  }

  async has(id: string): Promise<boolean> {
    return (await this.jobs.getJobState(id)) !== 'unknown';
  }

  async ended(most: number): Promise<Ended[]> {
    // A job that failed, was tried again and is done keeps the reason of its failure: the state has to be asked.
    const done = await this.in('completed', most);
    const failed = await this.in('failed', most);
    return [
      ...done.map((job) => ({ id: job.id!, outcome: 'done' as const, result: job.returnvalue as unknown })),
      ...failed.map((job) => ({ id: job.id!, outcome: 'failed' as const, why: lineOf(job.failedReason) })),
    ];
  }

  private async in(state: 'completed' | 'failed', most: number): Promise<JobOfBull[]> {
    const jobs: (JobOfBull | undefined)[] = await this.jobs.getJobs([state], 0, most - 1, true);
    // One that was forgotten since has no data left.
    return jobs.filter((job) => job?.id !== undefined) as JobOfBull[];
  }

  async forget(id: string): Promise<void> {
    await this.jobs.remove(id);
  }

  async depth(): Promise<Depth> {
    const counts = await this.jobs.getJobCounts(
      'wait',
      'prioritized',
      'active',
      'delayed',
      'completed',
      'failed',
    );
    const of = (state: string) => counts[state] ?? 0;
    return {
      waiting: of('wait') + of('prioritized'),
      active: of('active'),
      delayed: of('delayed'),
      ended: of('completed') + of('failed'),
    };
  }

  async work(run: (job: Job) => Promise<unknown>, { jobs, onEnd }: WorkersOptions): Promise<Workers> {
    const { lockMs, stalledMs, losses } = this.timing;
    const doOne = async (job: JobOfBull) => {
      try {
        return await run({ id: job.id as string, data: job.data, attempt: job.attemptsMade + 1 });
      } catch (error) {
        throw error instanceof HopelessJob ? new UnrecoverableError(error.message) : error;
      }
    };
    const options = {
      ...this.settings(),
      concurrency: jobs,
      lockDuration: lockMs,
      stalledInterval: stalledMs,
      maxStalledCount: losses,
      runRetryDelay: 1000,
    };
    const worker: JobWorker = new BullWorker(this.name, doOne, options, this.wiring.backend);
    worker.on('error', this.onTrouble);
    for (const event of ['completed', 'failed'] as const) worker.on(event, () => onEnd?.());
    await worker.waitUntilReady();
    return new BullWorkers(worker);
  }

  async close(): Promise<void> {
    await this.jobs.close();
  }
}
