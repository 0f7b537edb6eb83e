import type { SourceHealth } from '../finding/status.js';
import { type Inbox, pause } from '../source/inbox.js';
import { asFailure } from '../source/source-failure.js';
import type { Store } from '../store/store.js';
import { ingest, type Round } from './ingest.js';

/** Pauses before a source that failed is opened again; each is twice as long as the one before. */
const pauses = { firstMs: 1000, mostMs: 5 * 60_000 } as const;

export interface FollowOptions {
  name: string;
  open: () => Promise<Inbox>;
  store: Store;
  signal: AbortSignal;
  now: () => number;
  onRound: (round: Round) => void;
  onTrouble: (line: string) => void;
}

/** The same source under the name that the configuration gives it: addresses may change, cursors stay. */
function named(inbox: Inbox, name: string): Inbox {
  return {
    name,
    read: (cursor) => inbox.read(cursor),
    wait: (signal) => inbox.wait(signal),
    ...(inbox.find === undefined ? {} : { find: (id: string) => inbox.find!(id) }),
    close: () => inbox.close(),
  };
}

/**
 * Takes a source into the store as mail comes, until the signal fires. Whatever goes wrong is told and tried
 * again: what is refused today (a password, a folder that is not there) may be right tomorrow.
 */
export class Follower {
  readonly health: SourceHealth;
  private readonly done: Promise<void>;

  constructor(private readonly options: FollowOptions) {
    this.health = { name: options.name, readMs: undefined, trouble: undefined };
    this.done = this.follow();
  }

  /** Resolves when it reads no more; the signal must have fired. */
  ended(): Promise<void> {
    return this.done;
  }

  private async follow(): Promise<void> {
    const { signal, onTrouble } = this.options;
    for (let waitMs: number = pauses.firstMs; !signal.aborted; waitMs = Math.min(2 * waitMs, pauses.mostMs)) {
      const before = this.health.readMs;
      await this.readOn();
      if (signal.aborted) return;
      if (this.health.readMs !== before) waitMs = pauses.firstMs;
      onTrouble(`${this.health.trouble}; trying again in ${Math.ceil(waitMs / 1000)} s`);
      await pause(waitMs, signal);
    }
  }

  /** Reads until something goes wrong. */
  private async readOn(): Promise<void> {
    const { name, open, store, signal, now, onRound } = this.options;
    let inbox: Inbox | undefined;
    try {
      inbox = named(await open(), name);
      while (!signal.aborted) {
        const round = await ingest(inbox, store);
        this.health.readMs = now();
        this.health.trouble = undefined;
        if (round.arrivals > 0) onRound(round);
        await inbox.wait(signal);
      }
    } catch (error) {
      this.health.trouble = asFailure(error, name).message;
    } finally {
      await inbox?.close().catch(() => {});
    }
  }
}
