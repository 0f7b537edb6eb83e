import { pack } from '../store/pack.js';
import type { NewMail } from '../store/store.js';
import { readFacts } from './read-facts.js';

/** Reads and packs a mail: most of the work of an intake, and none of it needs the store. */
export async function sortMail(raw: Buffer): Promise<NewMail> {
  return { facts: await readFacts(raw), size: raw.length, ...pack(raw) };
}
