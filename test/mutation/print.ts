import type { Expectation } from './expectations.js';
import type { MutantRun } from './run-mutant.js';

export type Expectations = ReadonlyMap<string, Expectation>;

/** Missed, or equivalent where that is known: the machine cannot tell the two apart. */
export function outcomeOf(run: MutantRun, expectations: Expectations): string {
  return run.outcome === 'missed' ? (expectations.get(run.mutant)?.outcome ?? 'missed') : run.outcome;
}

/** Found when nothing else is known of it; a mutant that does not apply says nothing either way. */
export function isExpected(run: MutantRun, expectations: Expectations): boolean {
  if (run.outcome === 'does-not-apply') return true;
  return (run.outcome === 'missed') === expectations.has(run.mutant);
}

/** One line; a second one where something has to be explained. */
export function runText(run: MutantRun, expectations: Expectations): string {
  const outcome = outcomeOf(run, expectations);
  const line = `${run.mutant.padEnd(30)} ${outcome.padEnd(14)}`;
  const surprise = isExpected(run, expectations) ? '' : '  NOT EXPECTED';
  if (run.shown !== null) {
    const { rule, race, preemptions, switches } = run.shown;
    const cost = `${count(preemptions, 'preemption')}, ${count(switches, 'switch', 'es')}`;
    return `${line} ${rule}, ${run.shown.function}(), ${race}, ${cost}${surprise}`;
  }
  const why = expectations.get(run.mutant)?.why;
  const notes = run.outcome === 'missed' && why !== undefined ? [why] : run.notes;
  return `${line} ${notes.join('; ')}${surprise}`;
}

function count(n: number, what: string, plural = 's'): string {
  return `${n} ${what}${n === 1 ? '' : plural}`;
}

export function countText(runs: readonly MutantRun[], expectations: Expectations): string {
  const counts = new Map<string, number>();
  for (const run of runs) {
    const outcome = outcomeOf(run, expectations);
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  const parts = [...counts].sort().map(([outcome, n]) => `${n} ${outcome}`);
  return `\n${runs.length} mutants: ${parts.join(', ')}`;
}
