import type { Expectation } from './expectations.js';
import type { MutantRun } from './run-mutant.js';

/** A run beside what was expected of it; undefined when it had to be found. */
export interface Compared {
  run: MutantRun;
  expected: Expectation | undefined;
}

/** Missed, or equivalent where that is known: the machine cannot tell the two apart. */
export function outcomeOf({ run, expected }: Compared): string {
  return run.outcome === 'missed' ? (expected?.outcome ?? 'missed') : run.outcome;
}

/** A mutant that does not apply says nothing either way. */
export function isExpected({ run, expected }: Compared): boolean {
  return run.outcome === 'does-not-apply' || (run.outcome === 'missed') === (expected !== undefined);
}

/** One line: what came of it, where and how it shows, or why it does not. */
export function runText(compared: Compared): string {
  const { run, expected } = compared;
  const line = `${run.mutant.padEnd(30)} ${outcomeOf(compared).padEnd(14)}`;
  const surprise = isExpected(compared) ? '' : '  NOT EXPECTED';
  if (run.shown !== null) {
    const { rule, race, preemptions, switches } = run.shown;
    const cost = `${count(preemptions, 'preemption')}, ${count(switches, 'switch', 'es')}`;
    return `${line} ${rule}, ${run.shown.function}(), ${race}, ${cost}${surprise}`;
  }
  const notes = run.outcome === 'missed' && expected !== undefined ? [expected.why] : run.notes;
  const edited = run.edited === null ? '' : `${run.edited}(): `;
  return `${line} ${edited}${notes.join('; ')}${surprise}`;
}

function count(n: number, what: string, plural = 's'): string {
  return `${n} ${what}${n === 1 ? '' : plural}`;
}

export function countText(all: readonly Compared[]): string {
  const counts = new Map<string, number>();
  for (const one of all) counts.set(outcomeOf(one), (counts.get(outcomeOf(one)) ?? 0) + 1);
  const parts = [...counts].sort().map(([outcome, n]) => `${n} ${outcome}`);
  const surprises = all.filter((one) => !isExpected(one)).length;
  const told = surprises === 0 ? 'all as expected' : `${surprises} not expected`;
  return `\n${count(all.length, 'mutant')}: ${parts.join(', ')}; ${told}`;
}
