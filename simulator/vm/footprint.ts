/** Whether anything outside a thread's own stack points into a part of it. */
export interface Question {
  from: number;
  to: number;
  thread: number;
}

/** Questions stand in the log as numbers from here down. */
const firstQuestion = -(2 ** 30);

/**
 * What a run depended on beside its own thread's words: the chunks of memory that it read or wrote, the locks
 * that it asked about, who points to its stack. Whoever finds the same there again would do the same again.
 */
export class Footprint {
  /** Chunks, locks as `~address`, and questions, in the order in which the run first came to them. */
  readonly log: number[] = [];
  /** It looked at what cannot be listed, such as other threads' words. */
  isOpen = false;
  /** By chunk: the run that touched it last. */
  private readonly runs: Int32Array;
  private run = 0;
  private readonly questions: Question[] = [];

  constructor(chunks: number) {
    this.runs = new Int32Array(chunks);
  }

  start(): void {
    this.log.length = 0;
    this.isOpen = false;
    this.run++;
  }

  touch(chunk: number): void {
    if (this.runs[chunk] === this.run) return;
    this.runs[chunk] = this.run;
    this.log.push(chunk);
  }

  asks(lock: number): void {
    this.log.push(~lock);
  }

  /** The run asks who points to a part of its stack. */
  searches(from: number, to: number, thread: number): void {
    const known = this.questions.findIndex((q) => q.from === from && q.to === to && q.thread === thread);
    const number = known >= 0 ? known : this.questions.push({ from, to, thread }) - 1;
    const entry = firstQuestion - number;
    if (!this.log.includes(entry)) this.log.push(entry);
  }

  /** The question that an entry of the log is, if it is one. */
  question(entry: number): Question | undefined {
    return entry <= firstQuestion ? this.questions[firstQuestion - entry] : undefined;
  }

  /** Forgets its questions, for the next execution. */
  clear(): void {
    this.questions.length = 0;
  }
}
