import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** A disk that can be full. */
export interface Disk {
  /** How it is made full. */
  kind: 'a small tmpfs' | 'a limit on the size of files (no right to mount)';
  folder: string;
  fill(): unknown;
  free(): void;
  /** Gives it back. */
  remove(): void;
}

const megabytes = 96;

/** Writes until nothing fits any more, not even a byte. */
function fillWith(file: string): void {
  const ballast = openSync(file, 'w');
  for (let bytes = 1 << 20; bytes > 0; )
    try {
      writeSync(ballast, Buffer.alloc(bytes));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      bytes >>= 1;
    }
  closeSync(ballast);
}

function tmpfs(folder: string): Disk {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder], {
    stdio: 'pipe',
  });
  const ballast = join(folder, 'ballast');
  let isMounted = true;
  return {
    kind: 'a small tmpfs',
    folder,
    // Below the mount is the machine's own disk.
    fill: () => isMounted && fillWith(ballast),
    free: () => rmSync(ballast, { force: true }),
    remove() {
      isMounted = false;
      execFileSync('umount', ['-l', folder]);
    },
  };
}

/** No file of these processes grows any more: the next page of a database or of its journal has no place. */
function limited(folder: string, pids: () => number[]): Disk {
  const limit = (soft: string) => {
    for (const pid of pids())
      try {
        execFileSync('prlimit', ['--pid', `${pid}`, `--fsize=${soft}:`], { stdio: 'pipe' });
      } catch {
        // It was killed meanwhile, and begins anew without a limit.
      }
  };
  return {
    kind: 'a limit on the size of files (no right to mount)',
    folder,
    fill: () => limit('4096'),
    free: () => limit('unlimited'),
    remove: () => {},
  };
}

/** Makes a folder on a disk of its own where that is allowed; `pids`: who is to see a full one elsewhere. */
export function makeDisk(folder: string, pids: () => number[]): Disk {
  mkdirSync(folder, { recursive: true });
  try {
    return tmpfs(folder);
  } catch {
    return limited(folder, pids);
  }
}
