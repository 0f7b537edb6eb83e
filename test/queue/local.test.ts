import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localDriver } from '../../src/queue/local.js';
import { findProgram } from '../../src/queue/redis-process.js';
import { hasRedis, hurry } from './places.js';

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(!hasRedis)('a redis-server of our own', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-local-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('begins again when it was killed, with its jobs', async () => {
    const troubles: string[] = [];
    const driver = localDriver(folder, { timing: hurry, onTrouble: (line) => troubles.push(line) });
    const queue = await driver.open('review');
    await queue.add('r-1', 1);
    const first = driver.pid!;
    process.kill(first, 'SIGKILL');
    await queue.add('r-2', 2);
    expect((await queue.depth()).waiting).toBe(2);
    expect(driver.pid).not.toBe(first);
    expect(troubles.join('\n')).toMatch(/^redis-server ended \(SIGKILL\).*; it begins again$/m);
    await queue.close();
    await driver.close();
  });

  it('lets nobody else to its socket and listens on no port', async () => {
    const driver = localDriver(folder, { onTrouble: () => {} });
    const queue = await driver.open('review');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'redis.sock')).mode & 0o777).toBe(0o700);
    await queue.close();
    await driver.close();
  });

  it('finds a socket in a folder whose name is too long for one', async () => {
    const deep = join(folder, 'x'.repeat(60), 'y'.repeat(60));
    mkdirSync(deep, { recursive: true });
    const driver = localDriver(deep, { onTrouble: () => {} });
    const queue = await driver.open('review');
    expect((await queue.depth()).waiting).toBe(0);
    await queue.close();
    await driver.close();
  });

  it.skipIf(findProgram(['setpriv']) === undefined)('ends with a process that was killed', async () => {
    const script = fileURLToPath(new URL('./victim.ts', import.meta.url));
    const args = ['--import', 'tsx', script, 'local', folder, 'review', 'r-1', 'tell-server'];
    const victim = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const said = await new Promise<string>((resolve) =>
      victim.stdout.once('data', (data) => resolve(String(data))),
    );
    const server = Number(/server (\d+)/.exec(said)?.[1]);
    expect(alive(server)).toBe(true);
    victim.kill('SIGKILL');
    for (let tries = 0; alive(server) && tries < 100; tries++) await pause(50);
    expect(alive(server)).toBe(false);
  });
});
