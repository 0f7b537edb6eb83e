import { readFileSync } from 'node:fs';

/** Linux counts the time of a process in ticks. */
const tickMs = 10;

/**
 * The processor time that a process has used, in milliseconds, as /proc tells it; undefined for one that is gone.
 * On a busy machine it tells more of a review than the clock on the wall.
 */
export function spentMs(pid: number): number | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in parentheses, may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * tickMs;
  } catch {
    return undefined;
  }
}
