import type { Redis } from 'ioredis';
import type { DriverSetting, Queue, QueueDriver } from './queue.js';

/** A Redis that somebody else runs, for workers on many machines. */
class RedisDriver implements QueueDriver {
  readonly kind = 'redis';
  private client: Promise<Redis> | undefined;

  constructor(
    private readonly url: URL,
    private readonly password: string | undefined,
    private readonly setting: DriverSetting,
  ) {}

  async open(name: string): Promise<Queue> {
    this.client ??= this.connect();
    const { openRedisQueue } = await import('./redis-client.js');
    return openRedisQueue(name, await this.client, this.setting);
  }

  private async connect(): Promise<Redis> {
    const { connectRedis } = await import('./redis-client.js');
    const { url, password } = this;
    const options = {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || 6379),
      db: Number(url.pathname.slice(1) || 0),
      ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
      ...(password === undefined ? {} : { password }),
      ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
    };
    // What is told names the server, never an account.
    return connectRedis(options, `${url.protocol}//${url.host}`, this.setting);
  }

  async close(): Promise<void> {
    (await this.client?.catch(() => undefined))?.disconnect();
    this.client = undefined;
  }
}

/** `redis://user@host:6379/0` or `rediss://`; the password comes apart. Throws for what is no such address. */
export function redisDriver(url: string, password: string | undefined, setting: DriverSetting): QueueDriver {
  const parsed = new URL(url);
  if (!/^\/?\d{0,4}$/.test(parsed.pathname)) throw new Error(`${parsed.host}: /NUMBER names its database`);
  return new RedisDriver(parsed, password, setting);
}
