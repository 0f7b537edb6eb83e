import { fork } from 'node:child_process';
import { parse } from 'node:path';
import { smallEnvironment } from '../change/run.js';
import type { CellAnswer, CellTask } from './cell-message.js';

/** A cell keeps its limits itself; one that does not is ended after this time more. */
const graceMs = 5000;

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
 * Runs a review in a process of its own. It sees no secret of the environment, and what it does to itself it
 * does to nobody else. Resolves whatever happens to it; when the signal fires it is ended and `broken`.
 */
export function runCell(task: CellTask, signal: AbortSignal): Promise<CellAnswer> {
  const { path, execArgv } = entry();
  const cell = fork(path, [], {
    execArgv,
    env: smallEnvironment({}),
    // Without trees the built-in baseline serves, and not whatever kernel the daemon was begun in.
    cwd: parse(process.cwd()).root,
    // A group of its own: ^C at a terminal is for the daemon, and one signal ends whatever the cell started.
    detached: true,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const end = () => {
    try {
      if (cell.pid !== undefined) process.kill(-cell.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  };
  let said = '';
  cell.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-4000);
  });
  return new Promise((resolve) => {
    let answer: CellAnswer | undefined;
    const timer = setTimeout(end, task.limitMs + graceMs);
    signal.addEventListener('abort', end, { once: true });
    cell.once('message', (message: CellAnswer) => {
      answer = message;
    });
    cell.once('error', (error) => {
      answer ??= { outcome: 'broken', why: `no process for the review: ${error.message}` };
      if (cell.pid === undefined) resolve(answer);
    });
    cell.once('close', (code, how) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(answer ?? lastWords(code ?? how, said));
    });
    cell.send(task, (error) => error && end());
  });
}
