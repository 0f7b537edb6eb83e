import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedDriver } from '../../src/queue/embedded.js';
import { localDriver } from '../../src/queue/local.js';
import type { DriverKind, DriverSetting, QueueDriver } from '../../src/queue/queue.js';
import { redisDriver } from '../../src/queue/redis.js';
import { findRedisServer } from '../../src/queue/redis-process.js';
import { freePort } from '../free-port.js';

/** Where a driver keeps its jobs: a folder or an address, which a second driver can open after the first. */
export interface Place {
  kind: DriverKind;
  where: string;
  end(): Promise<void>;
}

/** Lost jobs are found within a second or two. */
export const hurry = { lockMs: 1000, stalledMs: 500, backoffMs: 100, tries: 3, losses: 3 };

export function driverAt(
  { kind, where }: Pick<Place, 'kind' | 'where'>,
  setting?: Partial<DriverSetting>,
): QueueDriver {
  const whole = { timing: hurry, onTrouble: () => {}, ...setting };
  if (kind === 'redis') return redisDriver(where, undefined, whole);
  return kind === 'local' ? localDriver(where, whole) : embeddedDriver(where, whole);
}

export const hasRedis = findRedisServer() !== undefined;

/** A redis-server as an administrator runs one: on a port of the loopback interface, with all its jobs on disk. */
export async function startRedis(folder: string, port: number): Promise<ChildProcess> {
  const settings = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--appendonly',
    'yes',
    '--save',
    '',
  ];
  const child = spawn(findRedisServer()!, settings, { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', (chunk: Buffer) => chunk.includes('eady to accept') && resolve());
    child.on('exit', () => reject(new Error('redis-server does not start')));
  });
  return child;
}

export async function placeFor(kind: DriverKind): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-queue-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (kind !== 'redis') return { kind, where: folder, end: async () => remove() };
  const port = await freePort();
  const server = await startRedis(folder, port);
  const end = async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await ended;
    remove();
  };
  return { kind, where: `redis://127.0.0.1:${port}`, end };
}
