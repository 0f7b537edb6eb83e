import type { ChangedLine } from '../../src/code/changed-lines.js';
import type { Code } from '../../src/code/code.js';
import { touchedFunctions } from '../../src/code/touched.js';
import { compare } from '../../src/race/compare.js';
import { judge, type Outcome, reachedBy } from '../../src/race/judge.js';
import { makeFindings } from '../../src/race/make-finding.js';
import type { Race } from '../../src/race/race.js';
import { placesOf } from '../../src/race/review-change.js';
import { witnessText } from '../../src/race/witness.js';
import { type Mutant, makeMutant } from './mutant.js';

/** What came of a mutant, and the finding that is simplest to read if there is one. */
export interface MutantRun {
  mutant: string;
  about: string;
  outcome: 'found' | 'missed' | 'does-not-apply';
  /** The function that was edited. */
  edited: string;
  rule: string;
  /** Where the finding is. */
  function: string;
  race: string;
  preemptions: number;
  switches: number;
  witness: string;
  /** Why it does not apply; races that could not be judged; how many races reached the function. */
  notes: string[];
}

/** Judges races on the code that mutants are made of, each once. */
export class Unmutated {
  private readonly outcomes = new Map<Race, Outcome>();

  constructor(readonly code: Code) {}

  judge(race: Race): Outcome {
    const known = this.outcomes.get(race) ?? judge(race, this.code);
    this.outcomes.set(race, known);
    return known;
  }
}

/** Runs the races that reach what a mutant changes, and compares them with the code as it was; all of them when thorough. */
export function runMutant(
  mutant: Mutant,
  path: string,
  before: Unmutated,
  races: readonly Race[],
  thorough: boolean,
): MutantRun {
  const text = before.code.files.get(path) ?? '';
  const made = makeMutant(text, mutant);
  const nothing = { rule: '', function: '', race: '', preemptions: 0, switches: 0, witness: '' };
  const known = { mutant: mutant.name, about: mutant.about };
  if ('refused' in made)
    return { ...known, ...nothing, outcome: 'does-not-apply', edited: '', notes: [made.refused] };
  const after: Code = { ...before.code, files: new Map([...before.code.files, [path, made.text]]) };
  const touched = touchedFunctions(before.code, after);
  const names = new Set(touched.map(({ name }) => name));
  const reaching = races.filter((race) => reachedBy(race, before.code).some((name) => names.has(name)));
  const pairs = judgePairs(reaching, before, after, thorough);
  const compared = pairs.flatMap((pair) => compare(pair.before, pair.after));
  const introduced = compared.filter(({ status }) => status === 'introduced');
  const changed = differingLines(path, text, made.text);
  const [finding] = makeFindings(introduced, placesOf({ before: before.code, after, touched, changed }));
  const told = introduced.find(
    ({ outcome, violation }) => witnessText(outcome, 'after', violation) === finding?.witness,
  );
  const notes = [`${reaching.length} races reach it`, ...notJudged(pairs)];
  if (finding === undefined || told === undefined)
    return { ...known, ...nothing, outcome: 'missed', edited: made.function, notes };
  const { preemptions, switches } = told.violation;
  const { rule, race } = finding;
  const witness = finding.witness ?? '';
  const where = finding.location.function;
  return {
    ...known,
    outcome: 'found',
    edited: made.function,
    rule,
    function: where,
    race,
    preemptions,
    switches,
    witness,
    notes,
  };
}

/** Small races first; the first that shows something ends it, unless all are wanted. */
function judgePairs(races: readonly Race[], before: Unmutated, code: Code, thorough: boolean) {
  const bySize = [...races].sort((a, b) => before.judge(a).nodes - before.judge(b).nodes);
  const pairs: { before: Outcome; after: Outcome }[] = [];
  for (const race of bySize) {
    const pair = { before: before.judge(race), after: judge(race, code) };
    pairs.push(pair);
    const shown = compare(pair.before, pair.after).some(({ status }) => status === 'introduced');
    if (shown && !thorough) break;
  }
  return pairs;
}

/** An edit keeps the number of lines, so a line is compared with the one of the same number. */
function differingLines(
  file: string,
  before: string,
  after: string,
): { before: ChangedLine[]; after: ChangedLine[] } {
  const mutated = after.split('\n');
  const lines = before.split('\n').flatMap((line, at) => {
    return line === mutated[at] ? [] : [{ file, line: at + 1, present: true, hunkLine: at + 1 }];
  });
  return { before: lines, after: lines };
}

function notJudged(pairs: readonly { before: Outcome; after: Outcome }[]): string[] {
  return pairs
    .filter(({ before, after }) => before.why.length + after.why.length > 0)
    .map(({ before, after }) => `${after.race.id} not judged: ${[...before.why, ...after.why].join('; ')}`);
}
