import { createHash } from 'node:crypto';
import type { ChangedLine } from '../code/changed-lines.js';
import type { Finding } from '../finding/finding.js';
import type { Compared } from './compare.js';
import { locate } from './locate.js';
import { type SourceLine, traceOf } from './trace.js';
import { witnessText } from './witness.js';

/** What a finding needs to know of the patch: its changed places on each side, and the text of both. */
export interface PatchPlaces {
  before: ChangedLine[];
  after: ChangedLine[];
  sourceBefore: SourceLine;
  sourceAfter: SourceLine;
  onBaseline: boolean;
}

/** Turns what the comparison found into findings: one for each place, the others beside it. */
export function makeFindings(compared: readonly Compared[], places: PatchPlaces): Finding[] {
  const findings = new Map<string, Finding>();
  for (const one of [...compared].sort(bySimplicity)) {
    const finding = makeFinding(one, places);
    const key = `${finding.status}:${finding.location.file}:${finding.location.function}`;
    const first = findings.get(key);
    if (first === undefined) findings.set(key, finding);
    else {
      const also = `${finding.rule} (${finding.race}): ${finding.title}`;
      if (!first.alsoSeenAs.includes(also)) first.alsoSeenAs.push(also);
    }
  }
  return [...findings.values()];
}

/** Causes before symptoms, then the interleaving that is simplest to read, then by name, so that bytes repeat. */
function bySimplicity(a: Compared, b: Compared): number {
  const caused = (one: Compared) => (one.violation.cause === undefined ? 1 : 0);
  const own = (one: Compared) => (isKnown(one, one.violation.function) ? 0 : 1);
  return (
    caused(a) - caused(b) ||
    own(a) - own(b) ||
    a.violation.preemptions - b.violation.preemptions ||
    a.violation.switches - b.violation.switches ||
    a.outcome.race.threads.length - b.outcome.race.threads.length ||
    (a.outcome.race.id < b.outcome.race.id ? -1 : a.outcome.race.id > b.outcome.race.id ? 1 : 0)
  );
}

/** The race is the entry's own, not another one that its scenario shows too: same rule, same function at fault. */
function isKnown({ violation, outcome }: Compared, where: string): boolean {
  return violation.rule === outcome.race.rule && new RegExp(`\\b${where}\\(`).test(outcome.race.broken);
}

function makeFinding(one: Compared, places: PatchPlaces): Finding {
  const { outcome, violation, side, status } = one;
  const { race } = outcome;
  const changed = side === 'after' ? places.after : places.before;
  const location = locate(violation, outcome, side, changed, status !== 'present');
  const known = isKnown(one, location.function);
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

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
