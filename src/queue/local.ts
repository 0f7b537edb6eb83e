import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import type { DriverSetting, Queue, QueueDriver } from './queue.js';
import { findRedisServer, RedisProcess } from './redis-process.js';

/** A redis-server of our own. */
class LocalDriver implements QueueDriver {
  readonly kind = 'local';
  private process: RedisProcess | undefined;
  private client: Promise<Redis> | undefined;

  constructor(
    private readonly folder: string,
    private readonly setting: DriverSetting,
  ) {}

  /** Of the server, for those who want to see it end. */
  get pid(): number | undefined {
    return this.process?.pid;
  }

  async open(name: string): Promise<Queue> {
    this.client ??= this.start();
    const { openRedisQueue } = await import('./redis-client.js');
    return openRedisQueue(name, await this.client, this.setting);
  }

  private async start(): Promise<Redis> {
    const program = findRedisServer();
    if (program === undefined) throw new Error('neither redis-server nor valkey-server is in PATH');
    await endOrphan(this.folder);
    this.process = new RedisProcess(program, this.folder, this.setting.onTrouble);
    this.process.start();
    const { connectRedis } = await import('./redis-client.js');
    try {
      return await connectRedis({ path: this.process.socket }, program, this.setting);
    } catch (error) {
      await this.process.stop();
      throw error;
    }
  }

  async close(): Promise<void> {
    (await this.client?.catch(() => undefined))?.disconnect();
    this.client = undefined;
    await this.process?.stop();
    this.process = undefined;
  }
}

/**
 * Who calls this holds the lock of the state folder, so a server that answers there has outlived its daemon.
 * Two servers on one file of jobs would spoil it.
 */
async function endOrphan(folder: string): Promise<void> {
  const { Redis } = await import('ioredis');
  const path = join(folder, 'redis.sock');
  const client = new Redis({ path, lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.call('SHUTDOWN');
  } catch {
    // Nobody was there, or it ended while it answered.
  } finally {
    client.disconnect();
    rmSync(path, { force: true });
  }
}

/** Keeps jobs in a redis-server that is begun and ended with this process; its files are in `folder`. */
export function localDriver(folder: string, setting: DriverSetting): LocalDriver {
  return new LocalDriver(folder, setting);
}
