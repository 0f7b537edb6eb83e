import { isPrivate } from './cells.js';
import type { Frame, Held } from './state.js';
import { isTerm, placeOf, type Value } from './term.js';

/**
 * Pages and folios are locks themselves, and handed to functions that have nothing to do with it. But what is put
 * into a variable of the path, `pagevec_add(&locked, page)`, is released from there; and what is put into a batch of
 * the caller's by the caller.
 */
export function isHanded({ family, lock }: Held, name: string, args: readonly Value[]): boolean {
  if (!isPage({ family })) return lock === args[0];
  const [first = 0] = args;
  if (args.lastIndexOf(lock) <= 0 || !isTerm(first)) return false;
  return isPrivate(placeOf(first).base) || /(vec|batch)_add/.test(name);
}

/** The lock goes through a call that may release it. */
export function passed(lock: Held, frame: Frame): Held {
  const place = `${frame.fn.id} ${frame.at}`;
  const { through = [], lock: address } = lock;
  if (!isTerm(address) && address === 0) return lock;
  return through.includes(place) ? lock : { ...lock, through: [...through, place] };
}

export const isPage = ({ family }: Pick<Held, 'family'>): boolean => family === 'lock page';
