import { type ChildProcess, fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { spentMs } from './spent.js';
import type { Answer, Task } from './task.js';
import { nothing } from './tell.js';

/** A process is let go after so many reviews: what it keeps of them does not grow for ever. */
const mostReviews = 25;

/** One worker process at a time; whatever a review does to it, the next finds a fresh one. */
export class Crew {
  private child: ChildProcess | undefined;
  private done = 0;

  /** `limitMs`: of processor time, for each mail whose answer is wanted. */
  constructor(private readonly limitMs: number) {}

  private start(): ChildProcess {
    this.done = 0;
    return fork(new URL('./worker.ts', import.meta.url), [], {
      execArgv: ['--import', import.meta.resolve('tsx')],
      // Away from any kernel, so that without trees the baseline serves.
      cwd: tmpdir(),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  /** Resolves whatever happens. */
  ask(task: Task): Promise<Answer> {
    if (this.child !== undefined && this.done >= mostReviews) this.end();
    const child = this.child ?? this.start();
    this.child = child;
    this.done++;
    return new Promise((resolve) => {
      const leave = (answer: Answer) => {
        clearInterval(timer);
        child.removeAllListeners();
        resolve(answer);
      };
      const limitMs = this.limitMs * task.ids.length;
      const fail = (outcome: 'time' | 'crash', why: string) => {
        this.end();
        leave({ told: task.ids.map((id) => nothing(id, outcome, why)), cpuMs: limitMs });
      };
      const begun = spentMs(child.pid ?? 0) ?? 0;
      const timer = setInterval(() => {
        const spent = (spentMs(child.pid ?? 0) ?? 0) - begun;
        if (spent > limitMs) fail('time', `more than ${limitMs / 1000} s of processor time`);
      }, 1000);
      child.once('message', (answer: Answer) => leave(answer));
      child.once('error', (error) => fail('crash', error.message));
      child.once('exit', (code, signal) => fail('crash', `the process ended (${code ?? signal})`));
      child.send(task);
    });
  }

  end(): void {
    this.child?.removeAllListeners();
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }
}
