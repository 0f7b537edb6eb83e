import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { command, root } from '../faultline.js';

/** A `faultline serve` that runs, and what it logged so far. */
export interface Daemon {
  log(): string;
  /** Waits until the log says so, that many times. */
  until(word: RegExp, times?: number): Promise<void>;
  stop(): Promise<number | null>;
}

const limitMs = 300_000;

/** Runs a command of Faultline; answers what it writes, whatever it ends with. */
export function faultline(...args: string[]): Promise<string> {
  return new Promise((resolve) =>
    execFile(process.execPath, [...command, ...args], { cwd: root }, (_, stdout) => resolve(stdout)),
  );
}

export function serve(config: string): Daemon {
  const child: ChildProcess = spawn(process.execPath, [...command, 'serve', '-c', config], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr!.on('data', (chunk) => {
    log += String(chunk);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const timesOf = (word: RegExp) => [...log.matchAll(new RegExp(word, 'g'))].length;
  return {
    log: () => log,
    async until(word, times = 1) {
      for (const end = Date.now() + limitMs; timesOf(word) < times; await sleep(50))
        if (Date.now() > end || child.exitCode !== null) throw new Error(`no ${word} in:\n${log}`);
    },
    stop() {
      child.kill('SIGTERM');
      // One that hangs must not outlive the test.
      const late = setTimeout(() => child.kill('SIGKILL'), 60_000);
      return ended.finally(() => clearTimeout(late));
    },
  };
}
