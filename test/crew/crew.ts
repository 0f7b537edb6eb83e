import { type ChildProcess, fork } from 'node:child_process';
import { tmpdir } from 'node:os';
import { spentMs } from './spent.js';

/** Why there is no answer: the limit was reached, or the process died. */
export type Lost = 'time' | 'crash';

/** What a crew is for. */
export interface Trade<Task, Answer> {
  /** The program of a worker: answers each message with one. */
  worker: URL;
  /** A process is let go after so many tasks: what it keeps of them does not grow for ever. */
  mostTasks: number;
  /** Of processor time. */
  limitMs(task: Task): number;
  lost(task: Task, how: Lost, why: string): Answer;
}

/** One worker process at a time; whatever a task does to it, the next finds a fresh one. */
export class Crew<Task extends object, Answer> {
  private child: ChildProcess | undefined;
  private done = 0;

  constructor(private readonly trade: Trade<Task, Answer>) {}

  private start(): ChildProcess {
    this.done = 0;
    return fork(this.trade.worker, [], {
      execArgv: ['--import', import.meta.resolve('tsx')],
      // Away from any kernel, so that without trees the baseline serves.
      cwd: tmpdir(),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
  }

  /** Resolves whatever happens. */
  ask(task: Task): Promise<Answer> {
    if (this.child !== undefined && this.done >= this.trade.mostTasks) this.end();
    const child = this.child ?? this.start();
    this.child = child;
    this.done++;
    return new Promise((resolve) => {
      const leave = (answer: Answer) => {
        clearInterval(timer);
        child.removeAllListeners();
        resolve(answer);
      };
      const limitMs = this.trade.limitMs(task);
      const fail = (how: Lost, why: string) => {
        this.end();
        leave(this.trade.lost(task, how, why));
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
