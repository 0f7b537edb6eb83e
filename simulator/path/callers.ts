import type { Fn, Program } from '../vm/program.js';
import { defaultPathBudget } from './budget.js';
import { type ConditionalLock, hasOther, nameOf, notice } from './conditional-lock.js';
import type { Moment } from './event.js';
import { explorePaths, type PathVerdict } from './explore-paths.js';
import { readLockName } from './lock-name.js';
import { callersOf } from './reach.js';
import type { PathRule } from './rule.js';
import { type State, topOf } from './state.js';
import { placeOf } from './term.js';

/** What the callers of a function do about a lock that it takes for some of them only. */
export interface Callers {
  /** Callers that come to the work without the lock, each with the rule that saw it on a path. */
  without: PathVerdict[];
  /** Names of callers that hold the lock there. */
  holding: string[];
  /** Some caller holds the lock there, or has just released it: it is one that callers are to take. */
  aware: boolean;
  /** Why some caller has not been looked at. */
  over: string | undefined;
}

/** A caller is run with the call of the function in it; this many at most, and so many steps in all. */
const limits = { callers: 40, steps: 2_000_000, deep: 4 };

/**
 * Runs the callers of a function on all their paths. Who comes to the work without the lock is not to blame while
 * somebody that calls it may hold the lock: then these are run.
 */
export function runCallers(
  program: Program,
  conditional: ConditionalLock,
  rules: readonly PathRule[],
  rule: Pick<PathRule, 'rule' | 'title' | 'advice'>,
): Callers {
  const answer: Callers = { without: [], holding: [], aware: false, over: undefined };
  const family = new Family(program, conditional);
  const open = family.callers(conditional.fn).map((fn) => ({ fn, through: [conditional.fn] }));
  const seen = new Set<Fn>();
  let steps = 0;
  for (const { fn, through } of open) {
    if (seen.has(fn)) continue;
    seen.add(fn);
    if (seen.size > limits.callers || steps > limits.steps || through.length > limits.deep) {
      answer.over = `${conditional.fn.name}() has more callers than are run`;
      break;
    }
    const attention = { holds: false, released: false };
    const quest = { also: [watcher(conditional, rule, attention)], enter: new Set(through) };
    const verdict = explorePaths(program, fn, rules, defaultPathBudget, quest);
    steps += verdict.steps;
    if (attention.holds) answer.holding.push(fn.name);
    answer.aware ||= attention.holds || attention.released;
    const said = verdict.said.filter((one) => one.rule.rule === rule.rule);
    if (said.length === 0) answer.over ??= verdict.over && `${fn.name}(): ${verdict.over}`;
    else if (family.mayBeHeldAbove(fn))
      open.push(...family.callers(fn).map((caller) => ({ fn: caller, through: [...through, fn] })));
    else answer.without.push({ ...verdict, said });
  }
  return answer;
}

/** Says on every path that comes to the work without the lock. */
function watcher(
  { fn, lock, works }: ConditionalLock,
  rule: Pick<PathRule, 'rule' | 'title' | 'advice'>,
  attention: { holds: boolean; released: boolean },
): PathRule {
  const isWork = ({ event, state, line }: Moment) =>
    event.kind === 'call' &&
    topOf(state).fn === fn &&
    works.some((work) => work.name === event.name && work.line === line);
  const isIt = (held: State['held'][number]) => nameOf(held) === nameOf(lock);
  return {
    ...rule,
    watch: (moment) => {
      notice(moment);
      if (!isWork(moment) || moment.event.kind !== 'call') return undefined;
      const { held, past, frames } = moment.state;
      const hers = held.find(isIt);
      const released = past.find((one) => isIt(one) && one.fn !== fn.name);
      // What is no member of anything can be told from no other lock of its kind.
      if (placeOf(lock.lock).offset !== 0 && !hasOther(moment.state)) {
        attention.holds ||= hers !== undefined && hers.fn !== fn.name;
        attention.released ||= released !== undefined;
      }
      if (hers || hasOther(moment.state)) return undefined;
      const caller = frames[0]!.fn.name;
      const how = released ? 'has released that lock' : 'does not hold that lock';
      const message = `${fn.name}() calls ${moment.event.name}() under the lock of ${lock.by}() for some of its callers only, and ${caller}() ${how}`;
      return { object: `${lock.by}() in ${fn.name}()`, message };
    },
  };
}

/** Who calls whom, and who may hold the lock. */
class Family {
  private readonly names: Map<string, Set<string>>;

  constructor(
    private readonly program: Program,
    private readonly conditional: ConditionalLock,
  ) {
    this.names = callersOf(program);
  }

  callers(fn: Fn): Fn[] {
    const names = this.names.get(fn.name) ?? new Set();
    return this.program.functions.filter((each) => each !== fn && names.has(each.name));
  }

  mayBeHeldAbove(fn: Fn): boolean {
    const above = new Set<Fn>(this.callers(fn));
    for (const each of above) for (const caller of this.callers(each)) above.add(caller);
    above.delete(fn);
    return [...above].some((each) => this.mayTake(each));
  }

  /** It, or something it calls, takes a lock of the kind, and speaks of the member that the lock is. */
  private mayTake(fn: Fn): boolean {
    const { functions } = this.program;
    const called = fn.code.flatMap((i) => (i.op === 'call' ? [functions[i.callee]!] : []));
    return [fn, ...called].some((each) => each !== this.conditional.fn && this.takes(each));
  }

  private takes({ code }: Fn): boolean {
    const { family, lock } = this.conditional.lock;
    const { offset } = placeOf(lock);
    const { constants } = this.program;
    const speaks = code.some(
      (i) => i.op === 'binary' && i.f === 'add' && i.b < 0 && constants[~i.b] === BigInt(offset),
    );
    const acquires = code.some((i) => i.op === 'unknown' && readLockName(i.name)?.family === family);
    return acquires && (speaks || offset === 0);
  }
}
