import type { Progress } from '../finding/request.js';
import type { Arrival, Inbox } from '../source/inbox.js';
import { digestOf, type Entry, type Store } from '../store/store.js';
import { refetch } from './refetch.js';
import { Sorter } from './sorter.js';

/** One transaction takes at most these many arrivals, or bytes: both bound what a crash makes read again. */
const usualBatch = { arrivals: 500, bytes: 8 * 1024 * 1024 };

export interface IngestOptions {
  onProgress?: (progress: Progress) => void;
  batch?: { arrivals: number; bytes: number };
}

/** What one round took in. */
export interface Round {
  arrivals: number;
  fresh: number;
}

/** The arrivals of a batch, and beside those whose bytes are new what is kept of them. */
async function entriesOf(batch: Arrival[], store: Store, sorter: Sorter): Promise<Entry[]> {
  const entries: Entry[] = batch.map((arrival) => {
    const digest = 'raw' in arrival ? digestOf(arrival.raw) : undefined;
    return { arrival, digest, fresh: undefined };
  });
  const unknown = entries.filter(({ arrival, digest }) => arrival.kind === 'mail' && !store.has(digest!));
  const sorted = await sorter.sort(unknown.map(({ arrival }) => (arrival as { raw: Buffer }).raw));
  for (const [at, entry] of unknown.entries()) entry.fresh = sorted[at];
  return entries;
}

/** Arrivals in groups of at most the batch limit. */
async function* batches(
  arrivals: AsyncIterable<Arrival>,
  most: typeof usualBatch,
): AsyncGenerator<Arrival[]> {
  let batch: Arrival[] = [];
  let bytes = 0;
  for await (const arrival of arrivals) {
    batch.push(arrival);
    bytes += 'raw' in arrival ? arrival.raw.length : 0;
    if (batch.length < most.arrivals && bytes < most.bytes) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

/**
 * Takes into the store all that a source has behind its cursor. When the process ends at any point, the next
 * run goes on where the last whole batch ended. Throws what the source throws; whole batches stay.
 */
export async function ingest(inbox: Inbox, store: Store, options: IngestOptions = {}): Promise<Round> {
  const round = { arrivals: 0, fresh: 0 };
  const sorter = new Sorter();
  const cursor = store.cursorOf(inbox.name);
  // Of a source that cannot be asked, reading it will tell.
  const of = options.onProgress && (await inbox.amount?.(cursor).catch(() => undefined));
  const commit = (batch: Arrival[], entries: Entry[]): void => {
    store.commit(inbox.name, entries, batch.at(-1)!.cursor);
    round.arrivals += batch.length;
    round.fresh += entries.filter((entry) => entry.fresh !== undefined).length;
    options.onProgress?.({ what: inbox.name, done: round.arrivals, of: of ?? null });
  };
  const takeIn = async (arrivals: AsyncIterable<Arrival>): Promise<void> => {
    // While one batch is sorted the next is read; they are kept in their order, whatever happens.
    let last: Promise<void> = Promise.resolve();
    try {
      for await (const batch of batches(arrivals, options.batch ?? usualBatch)) {
        const entries = entriesOf(batch, store, sorter);
        entries.catch(() => {});
        await last;
        last = entries.then((ready) => commit(batch, ready));
        last.catch(() => {});
      }
    } finally {
      await last;
    }
  };
  try {
    await takeIn(inbox.read(cursor));
    await takeIn(refetch(inbox, store));
  } finally {
    await sorter.close();
  }
  return round;
}
