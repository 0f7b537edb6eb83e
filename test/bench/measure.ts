import { execFile } from 'node:child_process';
import { performance } from 'node:perf_hooks';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
}

/** Milliseconds of processor time that something takes: what else a machine does says nothing of it. */
export function timed(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** A process that has ended: its processor time and the time that a clock would show, and what it answered. */
export interface Ended {
  ms: number;
  wallMs: number;
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a process and all that it starts. Never rejects; the code is -1 when it could not be run. */
export function timedProcess(file: string, args: readonly string[], cwd?: string): Promise<Ended> {
  const start = performance.now();
  const script = 'TIMEFORMAT="%3U %3S"; time "$0" "$@"';
  return new Promise((resolve) => {
    execFile('bash', ['-c', script, file, ...args], { cwd, maxBuffer: 1 << 28 }, (error, stdout, all) => {
      const wallMs = performance.now() - start;
      const lines = all.trimEnd().split('\n');
      const [user = 0, system = 0] = (lines.pop() ?? '').split(' ').map(Number);
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({
        ms: (user + system) * 1000,
        wallMs,
        code: code === 127 ? -1 : code,
        stdout,
        stderr: lines.join('\n'),
      });
    });
  });
}

/** The median time of a process that is run several times; null when it does not end with one of `codes`. */
export async function medianProcess(
  file: string,
  args: readonly string[],
  codes: readonly number[],
  times: number,
): Promise<number | null> {
  const all: number[] = [];
  for (let n = 0; n < times; n++) {
    const { ms, code } = await timedProcess(file, args);
    if (!codes.includes(code)) return null;
    all.push(ms);
  }
  return median(all);
}
