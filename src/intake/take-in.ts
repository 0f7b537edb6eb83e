import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IntakeOptions, IntakeReport } from '../finding/intake.js';
import type { Problem } from '../finding/problem.js';
import type { Inbox } from '../source/inbox.js';
import { openSource } from '../source/open.js';
import { SourceFailure } from '../source/source-failure.js';
import type { Patience } from '../source/supervise.js';
import { openStore, type Store } from '../store/store.js';
import { ingest } from './ingest.js';
import { problemOf } from './problem-of.js';

function patienceOf({ follow, onTrouble, signal }: IntakeOptions): Patience {
  return { firstMs: 1000, mostMs: 60_000, tries: follow ? Number.POSITIVE_INFINITY : 4, onTrouble, signal };
}

/** A store that goes away again: for counting what a source holds. */
function openScratch(): { store: Store; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-'));
  return { store: openStore(join(folder, 'mail.db')), remove: () => rmSync(folder, { recursive: true }) };
}

/** Reads one source: once, or for as long as nobody says stop. Answers how many mails were new. */
async function readSource(inbox: Inbox, store: Store, options: IntakeOptions): Promise<number> {
  let fresh = 0;
  do {
    fresh += (await ingest(inbox, store, { onProgress: options.onProgress })).fresh;
    if (options.follow) await inbox.wait(options.signal);
  } while (options.follow && !options.signal.aborted);
  return fresh;
}

async function readAll(inboxes: Inbox[], store: Store, options: IntakeOptions): Promise<number> {
  if (options.follow) {
    const counts = await Promise.all(inboxes.map((inbox) => readSource(inbox, store, options)));
    return counts.reduce((sum, count) => sum + count, 0);
  }
  let fresh = 0;
  for (const inbox of inboxes) fresh += await readSource(inbox, store, options);
  return fresh;
}

async function openAll(options: IntakeOptions): Promise<Inbox[]> {
  const { environment, stdin } = options;
  const inboxes: Inbox[] = [];
  for (const source of options.sources)
    inboxes.push(await openSource(source, { environment, stdin, patience: patienceOf(options) }));
  return inboxes;
}

function openKept(file: string): { store: Store; remove: () => void } | Problem {
  try {
    return { store: openStore(file), remove: () => {} };
  } catch (error) {
    return { problem: (error as Error).message, exit: 2 };
  }
}

/** Takes sources into a store and counts what is there. Never rejects for what a source says or is. */
export async function takeIn(options: IntakeOptions): Promise<IntakeReport | Problem> {
  const start = performance.now();
  const opened = options.store === undefined ? openScratch() : openKept(options.store);
  if ('problem' in opened) return opened;
  let inboxes: Inbox[] = [];
  try {
    inboxes = await openAll(options);
    const fresh = await readAll(inboxes, opened.store, options);
    const seconds = Number(((performance.now() - start) / 1000).toFixed(2));
    const peakRssMb = Math.ceil(process.resourceUsage().maxRSS / 1024);
    return { ...opened.store.tally(), fresh, seconds, peakRssMb };
  } catch (error) {
    if (error instanceof SourceFailure) return problemOf(error);
    throw error;
  } finally {
    await Promise.all(inboxes.map((inbox) => inbox.close()));
    opened.store.close();
    opened.remove();
  }
}
