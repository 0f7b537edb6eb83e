import type { Machine } from './machine.js';
import { loop } from './run.js';
import { Runner, type Stop } from './runner.js';

/** Runs one thread, that nobody watches, an instruction at a time. */
export class Stepper {
  private readonly runner: Runner;
  private readonly options = { limit: 0, choice: 0 };

  constructor(m: Machine, thread: number) {
    m.stirred |= 1 << thread;
    this.runner = new Runner(m, thread, true);
  }

  /** `choice`: the outcome, if the instruction is a choice. */
  step(choice: number): Stop {
    this.options.limit = this.runner.executed + 1;
    this.options.choice = choice;
    return loop(this.runner, this.options);
  }
}
