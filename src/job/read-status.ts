import { atMost } from '../at-most.js';
import { toolVersion } from '../config/version.js';
import type { SourceHealth, Status } from '../finding/status.js';
import type { Queue } from '../queue/queue.js';
import type { Ledger } from '../store/ledger.js';

export interface StatusParts {
  ledger: Ledger;
  /** The queue of a daemon that runs. */
  queue: Queue | undefined;
  driver: string | undefined;
  startedMs: number | null;
  nowMs: number;
  health: SourceHealth[];
  held: number;
  bounces: number | null;
}

/** A queue that does not answer within this is down. */
const queueMs = 2000;

async function depthOf(queue: Queue | undefined): Promise<Status['queue']> {
  const depth = queue?.depth().catch(() => null);
  return (await atMost(queueMs, depth)) ?? null;
}

/** How a daemon fares, from its store and, when it runs, from its parts. */
export async function readStatus(parts: StatusParts): Promise<Status> {
  const { ledger, health, nowMs } = parts;
  const { due, queued, done, superseded, oldestMs } = ledger.reviews.backlog();
  const heard = new Map(ledger.postings.heard('source').map(({ name, atMs }) => [name, atMs]));
  const names = health.length > 0 ? health.map(({ name }) => name) : [...heard.keys()];
  const healthOf = (name: string) => health.find((each) => each.name === name);
  return {
    version: toolVersion(),
    startedMs: parts.startedMs,
    atMs: nowMs,
    driver: parts.driver ?? null,
    queue: await depthOf(parts.queue),
    series: { due, queued, done, superseded },
    outcomes: ledger.reviews.outcomes(),
    oldestUnreviewedMs: oldestMs ?? null,
    sources: names.map((name) => ({
      name,
      lastMailMs: heard.get(name) ?? null,
      readMs: healthOf(name)?.readMs ?? null,
      trouble: healthOf(name)?.trouble ?? null,
    })),
    lists: ledger.postings.heard('list').map(({ name, atMs }) => ({ list: name, lastMailMs: atMs })),
    held: parts.held,
    bounces: parts.bounces,
  };
}
