import { createHash } from 'node:crypto';
import type { Finding } from '../finding/finding.js';
import type { Compared } from './compare.js';
import { locate } from './locate.js';
import type { PatchPlaces } from './patch-places.js';
import { traceOf } from './trace.js';
import { witnessText } from './witness.js';

/** A finding, and what decides which of several on one place is told. */
export interface Sighting {
  finding: Finding;
  /** Compared number by number, less goes first: causes, known races, then the interleaving that is simplest to read. */
  rank: number[];
}

export function sight(one: Compared, places: PatchPlaces): Sighting {
  const { violation, outcome } = one;
  const rank = [
    violation.cause === undefined ? 1 : 0,
    isKnown(one, violation.function) ? 0 : 1,
    violation.rule === outcome.race.rule ? 0 : 1,
    violation.preemptions,
    violation.switches,
    outcome.race.threads.length,
  ];
  return { finding: makeFinding(one, places), rank };
}

/** One finding for each place; the others stand beside it. The order of what is given does not matter. */
export function mergeSightings(sightings: readonly Sighting[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const { finding } of [...sightings].sort(byRank)) {
    const key = `${finding.status}:${finding.location.file}:${finding.location.function}`;
    const first = findings.get(key);
    if (first === undefined) findings.set(key, finding);
    else {
      const also = `${finding.rule} (${finding.race}): ${finding.title}`;
      if (!first.alsoSeenAs.includes(also)) first.alsoSeenAs.push(also);
    }
  }
  return withoutEchoes([...findings.values()]);
}

/** What is told where the patch changes something is not told once more, in the same words, of a place far from it. */
function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const wordsOf = ({ status, rule, message }: Finding) => `${status} ${rule} ${message}`;
  const near = new Map(
    findings.filter(({ location }) => location.hunkLine !== null).map((one) => [wordsOf(one), one]),
  );
  return findings.filter((one) => {
    const first = near.get(wordsOf(one));
    if (first === undefined || one.status === 'present' || one.location.hunkLine !== null) return true;
    first.alsoSeenAs.push(`${one.rule} (${one.race}): ${one.title}`, ...one.alsoSeenAs);
    return false;
  });
}

/** Equal ranks go by name, so that bytes repeat. */
function byRank(a: Sighting, b: Sighting): number {
  for (const [at, rank] of a.rank.entries()) {
    const difference = rank - (b.rank[at] as number);
    if (difference !== 0) return difference;
  }
  const [one, other] = [a.finding.race ?? '', b.finding.race ?? ''];
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * The race is the entry's own, not another one that its scenario shows too: same rule, in the entry's own words where
 * it has words for it, and a function at fault that its broken code has, not what stands beside it, or that its prose
 * names because other versions call it so.
 */
function isKnown({ violation, outcome: { race } }: Compared, where: string): boolean {
  const put = race.edits.map(({ fn, before, after }) =>
    [`${fn}(`, ...after.filter((line) => !before.includes(line))].join('\n'),
  );
  const told = [race.broken, ...put, race.prose];
  const isItsOwn = !race.text.includes(`"${race.rule}"`) || race.text.includes(`"${violation.message}"`);
  return violation.rule === race.rule && isItsOwn && new RegExp(`\\b${where}\\(`).test(told.join('\n'));
}

function makeFinding(one: Compared, places: PatchPlaces): Finding {
  const { outcome, violation, side, status } = one;
  const { race } = outcome;
  const changed = side === 'after' ? places.after : places.before;
  const location = locate(violation, outcome, side, changed, status !== 'present');
  // Where a patch brings it about, a suspect alone does not make it what others had.
  const isElsewhere = status !== 'present' && violation.isSuspected && location.line === violation.line;
  const known = !isElsewhere && isKnown(one, location.function);
  const id = createHash('sha256')
    .update(`${violation.rule}\n${race.id}\n${location.file}\n${location.function}`)
    .digest('hex')
    .slice(0, 12);
  return {
    id,
    rule: violation.rule,
    race: race.id,
    status,
    evidence: 'replay',
    title: known ? lowerFirst(race.title) : violation.message,
    message: sentence(
      violation.cause === undefined ? violation.message : `${violation.cause.message}: ${violation.message}`,
    ),
    advice: known ? race.advice : null,
    location,
    witness: witnessText(outcome, side, violation),
    alsoSeenAs: violation.symptom === undefined ? [] : [`${violation.symptom}: ${violation.message}`],
    assumptions: outcome.assumptions,
    links: known ? [race.introduced, race.fixed, race.link].filter((link) => link !== null) : [],
    onBaseline: places.onBaseline,
    trace: traceOf(race, violation, side === 'after' ? places.sourceAfter : places.sourceBefore),
  };
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

/** With a capital, unless it begins with the name of a function. */
function sentence(text: string): string {
  const first = /^\w+\(/.test(text) ? text.charAt(0) : text.charAt(0).toUpperCase();
  return `${first}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
