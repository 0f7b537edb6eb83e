import { execFile } from 'node:child_process';
import { performance } from 'node:perf_hooks';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
}

/** Milliseconds that something takes. */
export function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Milliseconds from the start of a process to its end, and what it answered. Never rejects. */
export function timedProcess(
  file: string,
  args: readonly string[],
  cwd?: string,
): Promise<{ ms: number; code: number; stdout: string; stderr: string }> {
  const start = performance.now();
  return new Promise((resolve) => {
    execFile(file, args, { cwd, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ ms: performance.now() - start, code, stdout, stderr });
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
