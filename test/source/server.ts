import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { scratchFolder } from '../change/scratch.js';

/** A server of the test's own, on loopback, that ends with the test. */
export interface Server {
  port: number;
  stop(): Promise<void>;
}

/** Mail servers refuse to work as root: there they run as nobody. */
const nobody = 65_534;
export const isRoot = process.getuid?.() === 0;
export const identity = isRoot ? { uid: nobody, gid: nobody } : {};

/** The name of the user that servers run as, and of its group. */
export function serverUser(): { user: string; group: string } {
  if (isRoot) return { user: 'nobody', group: 'nogroup' };
  const name = (flag: string) => execFileSync('id', [flag], { encoding: 'utf8' }).trim();
  return { user: name('-un'), group: name('-gn') };
}

/** Gives a folder and all that is in it to the user that servers run as. */
export function handOver(path: string): void {
  if (!isRoot) return;
  chownSync(path, nobody, nobody);
  for (const entry of readdirSync(path, { withFileTypes: true, recursive: true }))
    try {
      chownSync(join(entry.parentPath, entry.name), nobody, nobody);
    } catch (error) {
      // A server that runs already moves its files while we look.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
}

export function hasProgram(name: string): boolean {
  return ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'].some((folder) =>
    existsSync(join(folder, name)),
  );
}

/** Says aloud which tests do not run here: `.ci/run` counts a skipped test as a failure. */
export function needs(...names: string[]): boolean {
  const missing = names.filter((name) => !hasProgram(name));
  if (missing.length > 0) console.warn(`NOT TESTED: ${missing.join(', ')} is not installed`);
  return missing.length === 0;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

/** Starts a program that stays in the foreground, and waits until its ports answer. */
export async function startServer(
  program: string,
  args: string[],
  ports: number[],
  env: Record<string, string> = {},
): Promise<() => Promise<void>> {
  const child: ChildProcess = spawn(program, args, {
    stdio: 'ignore',
    env: { PATH: `${process.env.PATH}:/usr/sbin`, ...env },
    ...identity,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for (let tries = 0; ; tries++) {
    const up = await Promise.all(ports.map(answers));
    if (up.every(Boolean)) break;
    if (child.exitCode !== null || tries > 200) throw new Error(`${program} does not start`);
    await sleep(50);
  }
  return async () => {
    child.kill();
    await ended;
  };
}

/** Makes folders that servers may work in; all of them go away with the test file. */
export function openFolder(): (name: string) => string {
  const root = scratchFolder();
  chmodSync(root, 0o755);
  return (name) => {
    const path = join(root, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
}
