import type { Job, Queue, Workers } from '../queue/queue.js';
import { doJob, type JobSettings, missingTrees } from './do-job.js';

/** The reviews that this process does, as many at a time as its configuration says. */
export class ReviewWorkers {
  private workers: Workers | undefined;
  private jobs = 0;
  private readonly abort = new AbortController();

  constructor(
    private readonly queue: Queue,
    private readonly settings: () => JobSettings,
    private readonly onEnd: () => void,
    private readonly onTrouble: (line: string) => void,
  ) {}

  /** Begins to work, or goes on with another number of jobs at a time. */
  async begin(): Promise<void> {
    for (const path of missingTrees(this.settings()))
      this.onTrouble(`tree ${path}: it is not there, and patches are reviewed without it`);
    const { jobs } = this.settings().limits;
    if (jobs === this.jobs) return;
    const before = this.workers;
    this.jobs = jobs;
    this.workers = jobs === 0 ? undefined : await this.gather(jobs);
    // Those who leave finish what they do; nobody waits for them.
    before
      ?.stop(this.settings().limits.reviewTime * 2)
      .catch((error: Error) => this.onTrouble(error.message));
  }

  private gather(jobs: number): Promise<Workers> {
    const run = (job: Job) => doJob(job, this.settings(), this.abort.signal);
    return this.queue.work(run, { jobs, onEnd: this.onEnd });
  }

  /** Takes no more jobs; what is not done within the limit is let go of, for others or for the next start. */
  async end(limitMs: number): Promise<void> {
    await this.workers?.stop(limitMs);
    this.abort.abort();
  }
}
