import { isSimple } from '../../simulator/path/admission.js';
import { atomicFamilies, knownLocks } from '../../simulator/path/known-lock.js';
import { readLockName } from '../../simulator/path/lock-name.js';
import type { Fn } from '../../simulator/vm/program.js';
import type { FunctionRun } from './run-paths.js';

type Callers = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Names of the functions whose paths may show what has changed in this one. Where it leaves the locks as it finds
 * them on both sides, takes the same and sleeps as before, it stands for itself where it is called, unless it is run there: only who holds a
 * lock around it, that it takes or must not sleep under, can then have to do with it.
 */
export function whoMayTell(
  name: string,
  before: readonly FunctionRun[],
  after: readonly FunctionRun[],
  callers: readonly Callers[],
  functions: readonly Fn[],
): Set<string> {
  const direct = new Set(callers.flatMap((all) => [...(all.get(name) ?? [])]));
  const [was, is] = [before.map(summaryOf), after.map(summaryOf)];
  if (was.length === 0 || was.join() !== is.join() || was.includes('open')) return direct;
  if ([...before, ...after].some(({ fn }) => isSimple(fn))) return direct;
  const takes = new Set(after.flatMap(({ verdict }) => [...verdict.takes]));
  const atomic = after.some(({ verdict }) => verdict.sleeps || verdict.watched);
  const above = new Set(direct);
  for (const each of above)
    for (const all of callers) for (const caller of all.get(each) ?? []) above.add(caller);
  const holds = (fn: Fn) =>
    familiesOf(fn).some((one) => takes.has(one) || (atomic && atomicFamilies.has(one)));
  return new Set(functions.filter((fn) => above.has(fn.name) && holds(fn)).map((fn) => fn.name));
}

/** What callers have to do with; `open` when they are to run what it does. */
function summaryOf({ fn, verdict: { neutral, watched, over, sleeps, takes } }: FunctionRun): string {
  return neutral && over === undefined
    ? `${fn.file} ${sleeps} ${watched} ${[...takes].sort().join(' ')}`
    : 'open';
}

/** Of the locks that a function takes by what it calls itself. */
function familiesOf({ code }: Fn): string[] {
  return code.flatMap((i) => {
    if (i.op !== 'unknown') return [];
    const read = readLockName(i.name);
    const family = knownLocks.get(i.name)?.family ?? (read?.does === 'acquire' ? read.family : undefined);
    return family === undefined ? [] : [family];
  });
}
