import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { embeddedDriver } from './embedded.js';
import { localDriver } from './local.js';
import type { DriverKind, DriverSetting, QueueDriver } from './queue.js';
import { redisDriver } from './redis.js';
import { findRedisServer } from './redis-process.js';

export interface Wish {
  /** `auto`, `local`, `embedded` or the address of a Redis. */
  queue: string;
  password?: string;
  /** The folder of the state. */
  folder: string;
  /** The explicit word that another kind of queue than before is meant. */
  change: boolean;
}

const kinds: readonly string[] = ['redis', 'local', 'embedded'] satisfies DriverKind[];

const named: Record<DriverKind, string> = {
  redis: 'a Redis elsewhere',
  local: 'a redis-server of its own',
  embedded: 'the embedded database',
};

function fileOf(folder: string): string {
  return join(folder, 'queue-driver');
}

/** The kind of queue that this state was used with; undefined for a new one. */
export function rememberedDriver(folder: string): DriverKind | undefined {
  try {
    const word = readFileSync(fileOf(folder), 'utf8').trim();
    return kinds.includes(word) ? (word as DriverKind) : undefined;
  } catch {
    return undefined;
  }
}

function remember(folder: string, kind: DriverKind): void {
  const file = fileOf(folder);
  writeFileSync(`${file}.new`, `${kind}\n`);
  renameSync(`${file}.new`, file);
}

/** The kind that is wished for. `auto` is what was used before, else the best there is. */
function wished(queue: string, before: DriverKind | undefined): DriverKind {
  if (queue !== 'auto') return queue === 'local' || queue === 'embedded' ? queue : 'redis';
  // An address is gone from the configuration; which other kind is meant then has to be said.
  if (before !== undefined && before !== 'redis') return before;
  return findRedisServer() === undefined ? 'embedded' : 'local';
}

/**
 * The driver that the configuration means. The kind is remembered: another one needs a word of its own, so that
 * a program which was removed or installed moves no queue. Throws one clear line.
 */
export function chooseDriver(wish: Wish, setting: DriverSetting): QueueDriver {
  const before = rememberedDriver(wish.folder);
  const kind = wished(wish.queue, before);
  if (before !== undefined && before !== kind && !wish.change)
    throw new Error(
      `the queue of ${wish.folder} is ${named[before]}, and ${named[kind]} is wished for now; ` +
        'say --change-queue if that is meant (nothing is lost: jobs are made again from the store)',
    );
  if (kind === 'local' && findRedisServer() === undefined)
    throw new Error(
      `the queue of ${wish.folder} is ${named.local}, and neither redis-server nor valkey-server is in PATH; ` +
        'install one, or set "queue: embedded" and say --change-queue',
    );
  if (before !== kind) remember(wish.folder, kind);
  if (kind === 'redis') return redisDriver(wish.queue, wish.password, setting);
  return kind === 'local'
    ? localDriver(join(wish.folder, 'redis'), setting)
    : embeddedDriver(join(wish.folder, 'queue'), setting);
}
