import type { Progress } from '../finding/request.js';
import type { Arrival, Inbox } from '../source/inbox.js';
import { pack } from '../store/pack.js';
import { digestOf, type Entry, type Store } from '../store/store.js';
import { readFacts } from './read-facts.js';
import { refetch } from './refetch.js';

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

async function entryOf(arrival: Arrival, store: Store): Promise<Entry> {
  if (arrival.kind !== 'mail' && arrival.kind !== 'withdrawn')
    return { arrival, digest: undefined, fresh: undefined };
  const digest = digestOf(arrival.raw);
  if (arrival.kind === 'withdrawn' || store.has(digest)) return { arrival, digest, fresh: undefined };
  const facts = await readFacts(arrival.raw);
  return { arrival, digest, fresh: { facts, size: arrival.raw.length, ...pack(arrival.raw) } };
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
  const takeIn = async (arrivals: AsyncIterable<Arrival>): Promise<void> => {
    for await (const batch of batches(arrivals, options.batch ?? usualBatch)) {
      const entries: Entry[] = [];
      for (const arrival of batch) entries.push(await entryOf(arrival, store));
      store.commit(inbox.name, entries, batch.at(-1)!.cursor);
      round.arrivals += batch.length;
      round.fresh += entries.filter((entry) => entry.fresh !== undefined).length;
      options.onProgress?.({ what: inbox.name, done: round.arrivals, of: null });
    }
  };
  await takeIn(inbox.read(store.cursorOf(inbox.name)));
  await takeIn(refetch(inbox, store));
  return round;
}
