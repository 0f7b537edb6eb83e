import type { BackendFactory } from 'bullmq';
import { Redis } from 'ioredis';
import type { DriverSetting, Queue } from './queue.js';

/** A server, by its socket or by its name. */
export type RedisAddress =
  | { path: string }
  | { host: string; port: number; db: number; username?: string; password?: string; tls?: object };

/** A Redis that is not there yet is waited for, but one that never was is told. */
const firstMs = 10_000;

/**
 * A connection as BullMQ wants it: commands wait for a lost server to come back. Resolves when it answers for
 * the first time; throws when it does not.
 */
export async function connectRedis(
  address: RedisAddress,
  what: string,
  setting: DriverSetting,
): Promise<Redis> {
  const client = new Redis({
    ...address,
    maxRetriesPerRequest: null,
    retryStrategy: (times: number) => Math.min(100 * times, 2000),
  });
  let why = 'no answer';
  client.on('error', (error: NodeJS.ErrnoException) => {
    why = error.code ?? error.message;
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: cannot be reached (${why})`)), firstMs);
  });
  try {
    await Promise.race([client.ping(), late]);
    await warnOfForgetting(client, what, setting);
    return client;
  } catch (error) {
    client.disconnect();
    throw new Error(`${what}: ${lineOf(error, what)}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function lineOf(error: unknown, what: string): string {
  return String((error as Error).message)
    .split('\n')[0]!
    .replace(`${what}: `, '');
}

/** A Redis that drops keys when its memory is full loses jobs. */
async function warnOfForgetting(client: Redis, what: string, { onTrouble }: DriverSetting): Promise<void> {
  const info = await client.info('memory');
  const policy = /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
  if (policy !== undefined && policy !== 'noeviction')
    onTrouble(`${what}: maxmemory-policy is ${policy}; with anything but noeviction jobs can be lost`);
}

/** A queue of BullMQ whose jobs are in a Redis. */
export async function openRedisQueue(
  name: string,
  connection: Redis,
  setting: DriverSetting,
): Promise<Queue> {
  const [{ BullQueue }, { createRedisBackend }] = await Promise.all([
    import('./bull-queue.js'),
    import('bullmq'),
  ]);
  return new BullQueue(name, { connection, backend: createRedisBackend as BackendFactory }, setting);
}
