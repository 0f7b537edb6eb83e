import type { Finding } from '../finding/finding.js';
import { readCatalogue } from './read.js';
import { beside } from './spread.js';

/** The race of this id on its own broken code, executed on a thread of its own, so that whoever asks can go on. */
export async function ownWitness(id: string): Promise<Finding | undefined> {
  const races = readCatalogue().filter((race) => race.id === id);
  const [found] = await beside('own-witness', { full: false, config: new Map() }, races);
  return found;
}
