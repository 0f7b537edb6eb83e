import type { Fn, Program } from '../vm/program.js';
import { knownLocks, sleepers } from './known-lock.js';
import { pairedFamilies, readLockName } from './lock-name.js';
import type { PathRule } from './rule.js';

/** Which functions of a program a rule may have something to say about. */
export interface Reach {
  /** Lock families of which the program calls both halves. */
  families: ReadonlySet<string>;
  /** Whether a function is half of a lock whose other half only others have: it is taken for what its name says. */
  isHalf(name: string): boolean;
  /** Whether running the function can lock, sleep, or do what a rule watches. */
  matters(fn: Fn): boolean;
}

const known = new WeakMap<Program, Reach>();

export function reachOf(program: Program, rules: readonly PathRule[]): Reach {
  const reach = known.get(program) ?? find(program, rules);
  known.set(program, reach);
  return reach;
}

function find(program: Program, rules: readonly PathRule[]): Reach {
  const called = program.functions.map(callsOf);
  const others = new Set(called.flatMap(({ unknown }) => [...unknown]));
  const own = program.functions.map(({ name }) => name);
  const families = pairedFamilies([...others, ...own]);
  const foreign = new Set([...others].map((name) => readLockName(name)?.family ?? ''));
  const halves = new Set(own.filter((name) => foreign.has(readLockName(name)?.family ?? '-')));
  const watched = (name: string) =>
    knownLocks.has(name) ||
    sleepers.has(name) ||
    rules.some(({ names }) => names?.has(name)) ||
    families.has(readLockName(name)?.family ?? '');
  const matters = program.functions.map(
    (fn, id) => watched(fn.name) || called[id]!.sleeps || [...called[id]!.unknown].some(watched),
  );
  for (let changed = true; changed; ) {
    changed = false;
    for (const fn of program.functions) {
      if (matters[fn.id] || ![...called[fn.id]!.known].some((id) => matters[id])) continue;
      matters[fn.id] = true;
      changed = true;
    }
  }
  return { families, isHalf: (name) => halves.has(name), matters: ({ id }) => matters[id] === true };
}

function callsOf({ code }: Fn): { unknown: Set<string>; known: Set<number>; sleeps: boolean } {
  const unknown = new Set<string>();
  const functions = new Set<number>();
  let sleeps = false;
  for (const i of code) {
    if (i.op === 'unknown' && !i.name.startsWith('&')) unknown.add(i.name);
    if (i.op === 'call') functions.add(i.callee);
    if (i.op === 'intrinsic' && i.name === '__might_sleep') sleeps = true;
  }
  return { unknown, known: functions, sleeps };
}

/** The family of the lock that a function of this name releases; undefined when it releases none. */
export function releasedBy(name: string): string | undefined {
  const lock = knownLocks.get(name) ?? readLockName(name);
  return lock?.does === 'release' ? lock.family : undefined;
}

const unlocking = new WeakMap<Fn, ReadonlySet<string>>();

/** The families of locks that a function, or whom it calls, releases somewhere. */
export function unlockedBy(program: Program, fn: Fn): ReadonlySet<string> {
  const before = unlocking.get(fn);
  if (before) return before;
  const families = new Set<string>();
  const open = new Set([fn]);
  for (const each of open) {
    const { unknown, known } = callsOf(each);
    for (const id of known) open.add(program.functions[id]!);
    for (const name of unknown) {
      const family = releasedBy(name);
      if (family !== undefined) families.add(family);
    }
  }
  unlocking.set(fn, families);
  return families;
}

/** Whether a function may release something where no path has `run`. */
export function leavesUnlocks(program: Program, { code }: Fn, run: Uint8Array): boolean {
  return code.some((i, at) => {
    if (run[at] !== 0) return false;
    if (i.op === 'call') return unlockedBy(program, program.functions[i.callee] as Fn).size > 0;
    return i.op === 'unknown' && releasedBy(i.name) !== undefined;
  });
}

/** Names of the functions of a program that each function calls, for finding who reaches what. */
export function callersOf(program: Program): Map<string, Set<string>> {
  const callers = new Map<string, Set<string>>();
  for (const fn of program.functions) {
    for (const id of callsOf(fn).known) {
      const name = program.functions[id]!.name;
      callers.set(name, new Set([...(callers.get(name) ?? []), fn.name]));
    }
  }
  return callers;
}
