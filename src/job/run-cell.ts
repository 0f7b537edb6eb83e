import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { parse } from 'node:path';
import { smallEnvironment } from '../change/run.js';
import type { CellAnswer, CellReply, CellTask } from './cell-message.js';

/** A cell keeps its limits itself; one that does not is ended after this time more. */
const graceMs = 5000;
/** A cell that has nothing to do keeps its memory no longer. */
const idleMs = 60_000;

function entry(): { path: URL; execArgv: string[] } {
  const fromSource = import.meta.url.endsWith('.ts');
  return {
    path: new URL(fromSource ? './cell.ts' : './cell.js', import.meta.url),
    execArgv: fromSource ? ['--import', import.meta.resolve('tsx')] : [],
  };
}

/** What the last words of a process tell about its end. */
function lastWords(how: number | string | null, said: string): CellAnswer {
  if (/heap out of memory|Allocation failed/.test(said))
    return { outcome: 'not-analysed', limit: 'memory', why: 'the memory for it ran out' };
  return { outcome: 'broken', why: `the process of the review ended (${how})` };
}

/**
 * A process for reviews. It sees no secret of the environment, and what a review does to it, it does to nobody
 * else's. While it has nothing to do it keeps no program from ending.
 */
class Cell {
  private readonly child: ChildProcess;
  private said = '';
  private isOver = false;
  private idle: NodeJS.Timeout | undefined;

  constructor(readonly limitBytes: number) {
    const { path, execArgv } = entry();
    this.child = fork(path, [], {
      execArgv,
      env: smallEnvironment({}),
      // Without trees the built-in baseline serves, and not whatever kernel the daemon was begun in.
      cwd: parse(process.cwd()).root,
      // A group of its own: ^C at a terminal is for the daemon, and one signal ends whatever the cell started.
      detached: true,
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child.stderr?.on('data', (chunk: Buffer) => {
      this.said = `${this.said}${chunk}`.slice(-4000);
    });
    this.child.once('close', () => {
      this.isOver = true;
    });
    // Who waits for an answer hears of it by himself.
    this.child.on('error', () => {});
  }

  /** Undefined when there is no such cell any more. */
  wake(limitBytes: number): Cell | undefined {
    clearTimeout(this.idle);
    if (this.isOver) return undefined;
    if (this.limitBytes !== limitBytes) {
      this.end();
      return undefined;
    }
    this.hold('ref');
    return this;
  }

  rest(): void {
    this.hold('unref');
    this.idle = setTimeout(() => this.end(), idleMs);
    this.idle.unref();
  }

  private hold(how: 'ref' | 'unref'): void {
    this.child[how]();
    this.child.channel?.[how]();
    (this.child.stderr as Socket | null)?.[how]();
  }

  end(): void {
    try {
      if (this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }

  /** Resolves with the answer of one that stays, or when the process has ended, whatever ended it. */
  run(task: CellTask, signal: AbortSignal): Promise<CellReply> {
    const { child } = this;
    return new Promise((resolve) => {
      let answer: CellAnswer | undefined;
      const end = () => this.end();
      const timer = setTimeout(end, task.limitMs + graceMs);
      signal.addEventListener('abort', end, { once: true });
      const finish = (reply: CellReply) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        child.off('message', hear).off('error', fail).off('close', close);
        resolve(reply);
      };
      const hear = (reply: CellReply) => {
        if (reply.stays) finish(reply);
        else answer = reply.answer;
      };
      const fail = (error: Error) => {
        answer ??= { outcome: 'broken', why: `no process for the review: ${error.message}` };
        if (child.pid === undefined) finish({ answer, stays: false });
      };
      const close = (code: number | null, how: string | null) =>
        finish({ answer: answer ?? lastWords(code ?? how, this.said), stays: false });
      child.on('message', hear).on('error', fail).on('close', close);
      child.send(task, (error) => error && end());
    });
  }
}

/** Cells that have done a review and could do another, quicker than a fresh one: the last one first. */
const idle: Cell[] = [];

function take(limitBytes: number): Cell {
  for (let cell = idle.pop(); cell !== undefined; cell = idle.pop()) {
    const awake = cell.wake(limitBytes);
    if (awake !== undefined) return awake;
  }
  return new Cell(limitBytes);
}

/**
 * Runs a review in a process of its own, or in one that has ended others well. Resolves whatever happens to it;
 * when the signal fires it is ended and `broken`.
 */
export async function runCell(task: CellTask, signal: AbortSignal): Promise<CellAnswer> {
  const cell = take(task.limitBytes);
  const { answer, stays } = await cell.run(task, signal);
  if (stays && !signal.aborted) {
    cell.rest();
    idle.push(cell);
  } else if (stays) cell.end();
  return answer;
}
