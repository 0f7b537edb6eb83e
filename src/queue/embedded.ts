import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { type Lock, takeLock } from '../state/lock.js';
import { startThread } from '../thread.js';
import { PglitePool } from './pglite-pool.js';
import type { DriverSetting, Queue, QueueDriver } from './queue.js';

const schema = 'bullmq';

interface Opened {
  database: PGlite;
  pool: PglitePool;
  lock: Lock;
}

/** PostgreSQL as WebAssembly, within this process: for machines with nothing but Node. */
class EmbeddedDriver implements QueueDriver {
  readonly kind = 'embedded';
  private opened: Promise<Opened> | undefined;

  constructor(
    private readonly folder: string,
    private readonly setting: DriverSetting,
  ) {}

  async open(name: string): Promise<Queue> {
    this.opened ??= this.start();
    const { pool } = await this.opened;
    const [{ BullQueue }, { createPostgresBackend }] = await Promise.all([
      import('./bull-queue.js'),
      import('bullmq'),
    ]);
    return new BullQueue(name, { connection: pool, backend: createPostgresBackend as never }, this.setting);
  }

  private async start(): Promise<Opened> {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    chmodSync(this.folder, 0o700);
    // PGlite lets a second process open the folder, and spoil it.
    const lock = takeLock(join(this.folder, 'lock'));
    try {
      const [{ PGlite }, { runMigrations }] = await Promise.all([
        import('@electric-sql/pglite'),
        import('bullmq'),
      ]);
      const files = join(this.folder, 'pgdata');
      if (!existsSync(files)) await makeDatabase(files);
      const database = await PGlite.create(files);
      // There is one session, so this holds for every query.
      await database.query(`SET search_path = ${schema}`);
      const pool = new PglitePool(database);
      await runMigrations((await pool.connect()) as never, schema);
      await database.query(`SET search_path = ${schema}`);
      return { database, pool, lock };
    } catch (cause) {
      lock.release();
      throw new Error(`${this.folder}: the queue cannot be opened: ${String(cause).split('\n')[0]}`, {
        cause,
      });
    }
  }

  async close(): Promise<void> {
    const opened = await this.opened?.catch(() => undefined);
    this.opened = undefined;
    if (opened === undefined) return;
    await opened.database.close();
    opened.lock.release();
  }
}

/** Files that are half there are not there: they get their name when they are whole. */
async function makeDatabase(files: string): Promise<void> {
  rmSync(`${files}.new`, { recursive: true, force: true });
  const thread = startThread('./make-database', import.meta.url, { workerData: `${files}.new` });
  const [code] = (await once(thread, 'exit')) as [number];
  if (code !== 0) throw new Error(`its files cannot be made (${code})`);
  renameSync(`${files}.new`, files);
}

/** Keeps jobs in a database within this process; its files are in `folder`. */
export function embeddedDriver(folder: string, setting: DriverSetting): QueueDriver {
  return new EmbeddedDriver(folder, setting);
}
