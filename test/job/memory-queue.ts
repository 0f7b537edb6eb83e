import type { Depth, Ended, Queue, Workers } from '../../src/queue/queue.js';

/** A queue without workers: a test says what becomes of each job, and may lose them all. */
export class MemoryQueue implements Queue {
  readonly jobs = new Map<string, unknown>();
  private readonly results = new Map<string, Ended>();

  async add(id: string, data: unknown): Promise<void> {
    if (!this.jobs.has(id)) this.jobs.set(id, data);
  }

  /** What a worker would say of a job. */
  finish(id: string, ended: { outcome: 'done'; result: unknown } | { outcome: 'failed'; why: string }): void {
    if (this.jobs.has(id)) this.results.set(id, { id, ...ended });
  }

  lose(): void {
    this.jobs.clear();
    this.results.clear();
  }

  async has(id: string): Promise<boolean> {
    return this.jobs.has(id);
  }

  async ended(most: number): Promise<Ended[]> {
    return [...this.results.values()].slice(0, most);
  }

  async forget(id: string): Promise<void> {
    this.jobs.delete(id);
    this.results.delete(id);
  }

  async depth(): Promise<Depth> {
    const ended = this.results.size;
    return { waiting: this.jobs.size - ended, active: 0, delayed: 0, ended };
  }

  work(): Promise<Workers> {
    throw new Error('nobody works here');
  }

  async close(): Promise<void> {}
}
