import type { SaidBy } from '../../simulator/path/explore-paths.js';
import { callersOf, releasedBy } from '../../simulator/path/reach.js';
import { doubtOf } from '../../simulator/path/rule.js';
import type { Held } from '../../simulator/path/state.js';
import type { Fn, Program } from '../../simulator/vm/program.js';
import type { FilePatch } from '../change/patch.js';
import { addsCalls } from './added-calls.js';
import type { ComparedPath, Moved } from './compare-paths.js';
import type { SourceLine } from './path-trace.js';
import { type FunctionRun, keyOf } from './run-paths.js';

/** One side of a patch: its code, and how the paths of its functions went. */
export interface RunSide {
  program: Program;
  source: SourceLine;
  runs: ReadonlyMap<string, FunctionRun>;
}

/**
 * Functions that released a lock on all their paths before a patch, and on none after it. Alone the code after it looks
 * as if it took the lock for its caller; beside what was there before, it leaks it. It is nobody's fault where the patch
 * adds a call somewhere, which may release it instead, or where one who calls the function releases such a lock.
 */
export function lostReleases(
  files: readonly FilePatch[],
  before: RunSide,
  after: RunSide,
  moved: Moved,
): ComparedPath[] {
  if (addsCalls(files, before.program, after.program)) return [];
  return [...after.runs].flatMap(([key, run]) => {
    const was = before.runs.get(key);
    if (was === undefined || was.verdict.over !== undefined || run.verdict.over !== undefined) return [];
    return lostIn(was, run, moved)
      .filter(({ relies }) => relies !== undefined && !isReleasedAbove(after, run.fn, relies))
      .map((said) => ({ status: 'introduced' as const, side: 'after' as const, run, said, assumptions: [] }));
  });
}

/** The runs after a patch, with what they lost said instead of excused. */
export function withLost(
  runs: ReadonlyMap<string, FunctionRun>,
  lost: readonly ComparedPath[],
): Map<string, FunctionRun> {
  const told = new Map(runs);
  for (const { run, said } of lost) {
    const key = keyOf(run.fn);
    const { fn, verdict } = told.get(key) ?? run;
    const isOther = (one: SaidBy) => one.unreleased !== true || one.object !== said.object;
    const excused = verdict.excused.filter(isOther);
    told.set(key, { fn, verdict: { ...verdict, said: [...verdict.said, said], excused } });
  }
  return told;
}

/** Of each lock that is lost, the shortest path. */
function lostIn(was: FunctionRun, is: FunctionRun, moved: Moved): SaidBy[] {
  const shortest = new Map<string, SaidBy>();
  for (const said of is.verdict.excused) {
    const { relies, unreleased, begins = 0, object } = said;
    if (unreleased !== true || relies === undefined || relies.fn !== is.fn.name) continue;
    if (doubtOf(relies, is.verdict) !== undefined) continue;
    const line = moved(relies.file, begins);
    const isOpen = [...was.verdict.said, ...was.verdict.excused].some(
      (one) => one.rule.rule === said.rule.rule && one.object === object && one.begins === line,
    );
    if (isOpen || !was.verdict.released.has(`${object} ${line}`)) continue;
    const known = shortest.get(`${object} ${begins}`);
    if (known === undefined || said.choices.length < known.choices.length)
      shortest.set(`${object} ${begins}`, toldOf(said));
  }
  return [...shortest.values()];
}

function toldOf(said: SaidBy): SaidBy {
  return {
    ...said,
    excuse: undefined,
    message: `${said.message}; before the patch each path released it`,
  };
}

/** Whether somebody through whom a function is called releases what may be the same lock. */
function isReleasedAbove({ program, source }: RunSide, fn: Fn, { family, file, line }: Held): boolean {
  const lock = nameIn(source(file, line));
  return callersAbove(program, fn).some(({ code, file: where }) =>
    code.some((i) => {
      if (i.op !== 'unknown' || releasedBy(i.name) !== family) return false;
      const other = nameIn(source(where, i.line));
      return lock === undefined || other === undefined || lock === other;
    }),
  );
}

/** The member, or the variable, whose address a line hands on; undefined where a pointer is handed on, or nothing. */
function nameIn(text = ''): string | undefined {
  return /(?:->|\.|\(&)(\w+)[,)]/.exec(text)?.[1];
}

/** Those through whom a function is called, by their names. */
function callersAbove(program: Program, { name }: Fn): Fn[] {
  const callers = callersOf(program);
  const above = new Set(callers.get(name));
  for (const each of above) for (const caller of callers.get(each) ?? []) above.add(caller);
  return program.functions.filter((one) => above.has(one.name));
}
