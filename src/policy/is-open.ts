import type { Config } from '../config/config.js';
import { type Lists, strictest } from './strictest.js';

/** What of a series decides who may read of it. */
export interface Arrived {
  lists: Lists;
  arrivedMs: number;
  /** `o/r`, where it was made from what stands on a forge; null for mail. */
  repo: string | null;
}

/**
 * Whether everybody may read what is known of a series. Whoever is told first is the author, so nothing is shown
 * before the embargo is over; what was mailed to the bot alone is nobody else's, and of a repository is shown only
 * what is said there, too.
 */
export function isOpen(
  { lists, arrivedMs, repo }: Arrived,
  config: Pick<Config, 'lists' | 'otherwise' | 'github'>,
  nowMs: number,
): boolean {
  // The list of such a series says whose code it is; nobody posted it there.
  if (repo !== null) return isSpokenIn(repo, config);
  return lists.length > 0 && arrivedMs + strictest(config, lists).embargo <= nowMs;
}

/** A repository that is no longer followed is no place where anything is said. */
function isSpokenIn(repo: string, { github }: Pick<Config, 'github'>): boolean {
  const settings = github?.repositories.find(({ name }) => name.toLowerCase() === repo.toLowerCase());
  return settings?.publish === true && !settings.private;
}
