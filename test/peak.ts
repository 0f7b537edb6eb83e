import { readFileSync } from 'node:fs';

/**
 * The most memory that this process had so far, in MB. What `getrusage` tells begins with the memory of who started
 * it, so the kernel is asked for that of the program itself.
 */
export function peakMb(): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
