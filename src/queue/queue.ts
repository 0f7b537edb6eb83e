/** Where jobs wait: a Redis that was named, a redis-server of our own, or a database within this process. */
export type DriverKind = 'redis' | 'local' | 'embedded';

/** A piece of work. Its id is a pure function of what is to be done, so that adding it twice is once. */
export interface Job {
  id: string;
  /** Plain JSON. */
  data: unknown;
  /** 1 for the first time. */
  attempt: number;
}

/** A job that ended and was not forgotten yet: its result stays in the queue until somebody has stored it. */
export type Ended = { id: string } & (
  | { outcome: 'done'; result: unknown }
  | { outcome: 'failed'; why: string }
);

export interface Depth {
  waiting: number;
  active: number;
  delayed: number;
  /** Ended, and nobody took the result yet. */
  ended: number;
}

/** Do jobs until they are told to stop. */
export interface Workers {
  /** Take no more jobs and wait for those in work; after `limitMs` they let go of them for others to do. */
  stop(limitMs: number): Promise<void>;
}

export interface WorkersOptions {
  /** Jobs at a time. */
  jobs: number;
  /** Told when a job of these workers ended, however it ended. */
  onEnd?: () => void;
}

export interface Queue {
  add(id: string, data: unknown, options?: { delayMs?: number }): Promise<void>;
  /** Whether there is a job with this id, in whatever state. */
  has(id: string): Promise<boolean>;
  /** At most so many jobs that ended, the one that ended first before the others. */
  ended(most: number): Promise<Ended[]>;
  /** Drops a job that ended; nothing happens when there is none. */
  forget(id: string): Promise<void>;
  depth(): Promise<Depth>;
  work(run: (job: Job) => Promise<unknown>, options: WorkersOptions): Promise<Workers>;
  close(): Promise<void>;
}

/** Thrown by a job that no further try can mend. */
export class HopelessJob extends Error {
  override readonly name = 'HopelessJob';
}

export interface QueueTiming {
  /** A worker that does not say for so long that it lives has lost its jobs. */
  lockMs: number;
  /** How often lost jobs are looked for. */
  stalledMs: number;
  /** Tries of a job that throws; the pause after the first is `backoffMs`, and then twice as long each time. */
  tries: number;
  backoffMs: number;
  /** How often a job may be lost with its worker before it is taken for the reason. */
  losses: number;
}

export const usualTiming: QueueTiming = {
  lockMs: 15_000,
  stalledMs: 5_000,
  tries: 4,
  backoffMs: 5_000,
  losses: 10,
};

/** One way of keeping a queue. Throws an `Error` of one clear line when it cannot be had. */
export interface QueueDriver {
  readonly kind: DriverKind;
  /** The queue of a name, and with the first one whatever it needs. */
  open(name: string): Promise<Queue>;
  /** Ends what `open` began. Queues are closed before. */
  close(): Promise<void>;
}

/** What a driver needs to know of the outside. */
export interface DriverSetting {
  timing?: Partial<QueueTiming>;
  /** Told what goes wrong and is tried again, as one line each. */
  onTrouble: (line: string) => void;
}
