import { readdirSync, readFileSync } from 'node:fs';

/** Megabytes that a process has in memory; 0 when it is gone. */
function residentMb(pid: number): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0;
    return Number(kilobytes) / 1024;
  } catch {
    return 0;
  }
}

function childrenOf(pid: number): number[] {
  try {
    const all = readdirSync(`/proc/${pid}/task`).map((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8'),
    );
    return all.flatMap((text) => text.trim().split(' ').filter(Boolean).map(Number));
  } catch {
    return [];
  }
}

/** What a daemon has, and all that it started together. */
export function memoryOf(pid: number): { own: number; others: number } {
  const others = childrenOf(pid);
  for (const each of others) others.push(...childrenOf(each));
  return { own: residentMb(pid), others: others.reduce((sum, each) => sum + residentMb(each), 0) };
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/**
 * Whether it has stopped growing: the last quarter of the samples against the second, in which everything has
 * been loaded and met once.
 */
export function isFlat(samples: readonly number[], tolerance = 1.15): boolean {
  const quarter = Math.floor(samples.length / 4);
  if (quarter < 3) return false;
  return median(samples.slice(-quarter)) <= tolerance * median(samples.slice(quarter, 2 * quarter));
}
