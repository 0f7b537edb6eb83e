import { nameOf } from '../../simulator/path/conditional-lock.js';
import type { SaidBy } from '../../simulator/path/explore-paths.js';
import type { Change } from '../change/change.js';
import type { Finding, FindingStatus } from '../finding/finding.js';
import type { NotAnalysed } from '../finding/review.js';
import { type Assumption, type Assumptions, assumptionsOf, isBroken, placeOf } from './assumptions.js';
import { pathFinding } from './path-finding.js';
import type { FunctionRun } from './run-paths.js';
import type { Side } from './sides.js';

type Sides = { before: Side; after: Side };

/** What touched functions take for granted of their callers, before and after, and who does not fulfil it. */
export async function reviewCallers(
  change: Change,
  sides: Sides,
  names: ReadonlySet<string>,
  config: ReadonlyMap<string, string> | undefined,
): Promise<{ findings: Finding[]; notAnalysed: NotAnalysed[] }> {
  const after = await assumptionsOf(sides.after, names, change, config);
  const broken = new Set(after.all.filter(isBroken).map(({ conditional }) => placeOf(conditional.fn)));
  // Nothing could be said of what was there before where it is not clear what is there now.
  const isIdle = (place: string) => after.unclear.has(place) && !broken.has(place);
  const before = await assumptionsOf(sides.before, names, change, config, isIdle);
  const findings = [
    ...after.all.filter(isBroken).flatMap((one) => {
      const was = before.all.some((other) => isBroken(other) && keyOf(other) === keyOf(one));
      const isClear = !before.unclear.has(placeOf(one.conditional.fn));
      return findingOf(one, after, 'after', was ? 'present' : isClear ? 'introduced' : 'unknown-origin');
    }),
    ...before.all.filter(isBroken).flatMap((one) => {
      const is = after.all.some((other) => isBroken(other) && keyOf(other) === keyOf(one));
      if (is || after.unclear.has(placeOf(one.conditional.fn))) return [];
      return findingOf(one, before, 'before', 'fixed');
    }),
  ];
  const notAnalysed = after.all
    .filter((one) => !isBroken(one) && one.callers.over !== undefined)
    .map(({ conditional, callers }) => ({
      what: `callers of ${conditional.fn.name}()`,
      why: callers.over as string,
    }));
  return { findings, notAnalysed };
}

function keyOf({ conditional: { fn, lock } }: Assumption): string {
  return `${placeOf(fn)} ${nameOf(lock)}`;
}

/** The caller with the shortest path tells it; the others stand beside it, each with its own path. */
function findingOf(
  { callers }: Assumption,
  { side }: Assumptions,
  which: 'before' | 'after',
  status: FindingStatus,
): Finding[] {
  const holders =
    callers.holding.length > 0 ? `, unlike ${callers.holding.map((name) => `${name}()`).join(', ')}` : '';
  const found = callers.without.flatMap((verdict) => {
    const said = shortest(verdict.said);
    const message = `${said.message}${holders}`;
    const run: FunctionRun = { fn: verdict.fn, verdict };
    const one = { status, side: which, run, said: { ...said, message }, assumptions: [] };
    return pathFinding(one, side) ?? [];
  });
  const [first, ...others] = found.sort((a, b) => a.trace.length - b.trace.length);
  if (first === undefined) return [];
  const alsoSeenAs = others.map(
    ({ trace, witness }) => `without the lock: ${trace[0]?.role}: faultline replay ${witness}`,
  );
  return [{ ...first, alsoSeenAs, assumptions: [...first.assumptions, taken] }];
}

const taken = 'callers of what is shown here, in files that were not looked at, do not hold the lock either';

function shortest(all: readonly SaidBy[]): SaidBy {
  return all.reduce((a, b) => (b.choices.length < a.choices.length ? b : a));
}
