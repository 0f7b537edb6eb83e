import type { Act } from '../../simulator/index.js';
import type { ChangedLine } from '../code/changed-lines.js';
import type { Location } from '../finding/finding.js';
import type { Outcome } from './outcome.js';
import type { Violation } from './violation.js';

/**
 * Where to tell of a violation. Of one that the patch has to do with: at the cause when the patch touched its function,
 * else at the last changed line that was executed - of one who sleeps for ever, by himself where he sleeps, if there is
 * one -, else where something was taken away in a function that was executed. Of all others, and where there is no such
 * place: at its own.
 */
export function locate(
  violation: Violation,
  outcome: Outcome,
  side: 'before' | 'after',
  changed: readonly ChangedLine[],
  isAboutPatch: boolean,
): Location {
  const at = (file: string, line: number, name: string): Location => {
    return { file, line, function: name, side, hunkLine: hunkLineAt(changed, file, line) };
  };
  const own = at(violation.file, violation.line, violation.function);
  if (!isAboutPatch) return own;
  const touched = functionsAt(outcome, changed);
  const { cause } = violation;
  if (cause !== undefined && touched.has(cause.function)) return at(cause.file, cause.line, cause.function);
  const run = violation.acts.filter(
    (act) =>
      act.kind === 'line' &&
      changed.some((place) => place.present && place.file === act.fn.file && place.line === act.line),
  );
  const executed = run.findLast((act) => isOfSleeper(violation, act)) ?? run.at(-1);
  if (executed !== undefined) return at(executed.fn.file, executed.line, executed.fn.name);
  const entered = violation.acts.findLast((act) => touched.has(act.fn.name));
  if (entered !== undefined) {
    const line = touched.get(entered.fn.name) as number;
    return at(entered.fn.file, line, entered.fn.name);
  }
  return own;
}

/** Executed by who sleeps for ever, in the function where he does. */
function isOfSleeper({ rule, thread, function: where }: Violation, act: Act): boolean {
  return rule === 'lost-wakeup' && act.thread === thread && act.fn.name === where;
}

/** Functions that hold a changed place, and one such line of each. */
function functionsAt(outcome: Outcome, changed: readonly ChangedLine[]): Map<string, number> {
  const found = new Map<string, number>();
  const files = new Set(changed.map(({ file }) => file));
  for (const fn of outcome.scenario?.program.functions ?? []) {
    if (!files.has(fn.file)) continue;
    const last = Math.max(fn.line, ...(fn.body ?? fn).code.map((instruction) => instruction.line));
    const place = changed.find(({ file, line }) => file === fn.file && line >= fn.line && line <= last + 1);
    if (place !== undefined) found.set(fn.name, place.line);
  }
  return found;
}

/** The diff line of a source line, or of the changed line nearest to it within a hunk's reach. */
function hunkLineAt(changed: readonly ChangedLine[], file: string, line: number): number | null {
  let best: ChangedLine | undefined;
  for (const place of changed) {
    if (place.file !== file || Math.abs(place.line - line) > 3) continue;
    if (best === undefined || Math.abs(place.line - line) < Math.abs(best.line - line)) best = place;
  }
  return best?.hunkLine ?? null;
}
