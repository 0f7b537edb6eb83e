import { lockingAssumption } from '../../rules/path/locking-assumption.js';
import { type Callers, runCallers } from '../../simulator/path/callers.js';
import { type ConditionalLock, mayBeConditional } from '../../simulator/path/conditional-lock.js';
import { explorePaths } from '../../simulator/path/explore-paths.js';
import type { Fn, Program } from '../../simulator/vm/program.js';
import type { Change } from '../change/change.js';
import { pathRules } from './rules.js';
import { type Side, wider } from './sides.js';

/** A lock that a function takes for some of its callers only, and what the callers do. */
export interface Assumption {
  conditional: ConditionalLock;
  callers: Callers;
}

/** What one side takes for granted of callers. */
export interface Assumptions {
  side: Side;
  all: Assumption[];
  /** By `file function`: why it is not known what it takes for granted. */
  unclear: Map<string, string>;
}

type Config = ReadonlyMap<string, string> | undefined;

/**
 * Looks at the touched functions and those that they call, but for those that nobody wants to know about; the callers
 * are run only where there is something to ask.
 */
export async function assumptionsOf(
  side: Side,
  names: ReadonlySet<string>,
  change: Change,
  config: Config,
  isIdle: (place: string) => boolean = () => false,
): Promise<Assumptions> {
  const near = conditionalLocks(side, names, isIdle);
  if (near.found.length === 0) return { side, all: [], unclear: near.unclear };
  const wide = await wider(side, change, config);
  const { found, unclear } = conditionalLocks(wide, new Set(near.found.map(({ fn }) => fn.name)), isIdle);
  const all = found.map((conditional) => {
    const callers = runCallers(wide.program, conditional, pathRules, lockingAssumption);
    if (callers.over !== undefined) unclear.set(placeOf(conditional.fn), callers.over);
    return { conditional, callers };
  });
  return { side: wide, all, unclear: new Map([...near.unclear, ...unclear]) };
}

/** Whether some caller relies on the lock, and another does not have it. */
export function isBroken({ callers }: Assumption): boolean {
  return callers.aware && callers.without.length > 0;
}

export const placeOf = ({ file, name }: Fn): string => `${file} ${name}`;

interface Found {
  found: ConditionalLock[];
  unclear: Map<string, string>;
}

function conditionalLocks(
  { program, code }: Side,
  names: ReadonlySet<string>,
  isIdle: (place: string) => boolean,
): Found {
  const found: ConditionalLock[] = [];
  const unclear = new Map<string, string>();
  for (const fn of concerned(program, names)) {
    if (!code.files.has(fn.file) || isIdle(placeOf(fn)) || !mayBeConditional(program, fn)) continue;
    const { over, conditionals } = explorePaths(program, fn, pathRules);
    const cut = conditionals.isCut ? 'more ways to one call than are told apart' : undefined;
    if (over !== undefined || cut !== undefined) unclear.set(placeOf(fn), (over ?? cut) as string);
    found.push(...conditionals.found);
  }
  return { found, unclear };
}

function concerned({ functions }: Program, names: ReadonlySet<string>): Set<Fn> {
  const touched = functions.filter(({ name }) => names.has(name));
  const called = touched.flatMap(({ code }) =>
    code.flatMap((i) => (i.op === 'call' ? [functions[i.callee] as Fn] : [])),
  );
  return new Set([...touched, ...called]);
}
