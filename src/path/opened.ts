import { configurationValue } from '../../simulator/c/configuration.js';
import { hitConditions } from '../code/gap/left-out.js';
import type { Side } from './sides.js';

type Config = ReadonlyMap<string, string> | undefined;

/** Conditions within conditions are opened one after the other. */
const mostNested = 4;

/**
 * The configuration in which the lines that a patch changes are there, when they are left out by the usual one. Who
 * sets a configuration himself means that one.
 */
export function opened(
  { before, after }: { before: Side; after: Side },
  config: Config,
): Map<string, string> | undefined {
  if (config !== undefined && config.size > 0) return undefined;
  let more = new Map<string, string>();
  for (let deep = 0; deep < mostNested; deep++) {
    const conditions = [before, after].flatMap(({ code, changed }) => hitConditions(code, changed, more));
    const names = conditions.flatMap((condition) => condition.match(/\bCONFIG_\w+/g) ?? []);
    const left = names.filter((name) => !more.has(name));
    if (left.length === 0) break;
    // Of `A && B` what is on stays on; only where all of them are, as in an `#else`, they are turned off.
    const off = left.filter((name) => configurationValue(name, undefined) === undefined);
    const set = (off.length > 0 ? off : left).map((name): [string, string] => [
      name,
      off.length > 0 ? 'y' : 'n',
    ]);
    more = new Map([...more, ...set]);
  }
  return more.size > 0 ? more : undefined;
}

/** `CONFIG_X=y, CONFIG_Y=n`. */
export const spelled = (config: ReadonlyMap<string, string>): string =>
  [...config].map(([name, value]) => `${name}=${value}`).join(', ');
