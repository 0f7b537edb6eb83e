import type { ChangedLine } from '../../src/code/changed-lines.js';
import type { Code } from '../../src/code/code.js';
import { type TouchedFunction, touchedFunctions } from '../../src/code/touched.js';
import { type Compared, compare } from '../../src/race/compare.js';
import { judge } from '../../src/race/judge.js';
import { mergeSightings, sight } from '../../src/race/make-finding.js';
import type { Outcome } from '../../src/race/outcome.js';
import { placesOf } from '../../src/race/patch-places.js';
import type { Race } from '../../src/race/race.js';
import { witnessText } from '../../src/race/witness.js';
import { type Mutant, makeMutant } from './mutant.js';
import type { Unmutated } from './unmutated.js';

/** The finding that is simplest to read, as a review would tell it. */
export interface Shown {
  rule: string;
  function: string;
  race: string;
  preemptions: number;
  switches: number;
  witness: string;
}

/** What came of a mutant. */
export interface MutantRun {
  mutant: string;
  about: string;
  outcome: 'found' | 'missed' | 'does-not-apply';
  /** The function that was edited; null when none was. */
  edited: string | null;
  shown: Shown | null;
  /** Why it does not apply; how many races execute what was edited; those that could not be judged. */
  notes: string[];
}

/** Both versions of a file, and what tells them apart. */
interface Pair {
  path: string;
  before: Unmutated;
  after: Code;
  touched: TouchedFunction[];
}

/**
 * Runs the races that execute what a mutant changes, and compares them with the code as it was. Where no
 * race executes it, the mutant does what the original does. Stops at the first that shows something, unless
 * `thorough`.
 */
export function runMutant(
  mutant: Mutant,
  path: string,
  before: Unmutated,
  races: readonly Race[],
  thorough: boolean,
): MutantRun {
  const known = { mutant: mutant.name, about: mutant.about };
  const made = makeMutant(before.code.files.get(path) ?? '', mutant);
  if ('refused' in made)
    return { ...known, outcome: 'does-not-apply', edited: null, shown: null, notes: [made.refused] };
  const after = { ...before.code, files: new Map([...before.code.files, [path, made.text]]) };
  const pair = { path, before, after, touched: touchedFunctions(before.code, after) };
  const names = new Set(pair.touched.map(({ name }) => name));
  const executing = races.filter((race) => before.judge(race).functions.some((name) => names.has(name)));
  const outcomes = judgePairs(executing, before, after, thorough);
  const shown = simplest(
    pair,
    outcomes.flatMap((two) => compare(two.before, two.after)),
  );
  const notes = [`${executing.length} races execute it`, ...notJudged(outcomes)];
  return { ...known, outcome: shown === null ? 'missed' : 'found', edited: made.function, shown, notes };
}

/** Small races first. */
function judgePairs(races: readonly Race[], before: Unmutated, code: Code, thorough: boolean) {
  const bySize = [...races].sort((a, b) => before.judge(a).states - before.judge(b).states);
  const pairs: { before: Outcome; after: Outcome }[] = [];
  for (const race of bySize) {
    const pair = { before: before.judge(race), after: judge(race, code) };
    pairs.push(pair);
    const shown = compare(pair.before, pair.after).some(({ status }) => status === 'introduced');
    if (shown && !thorough) break;
  }
  return pairs;
}

/** Only what was introduced counts: what cannot be compared shows nothing. */
function simplest({ path, before, after }: Pair, compared: readonly Compared[]): Shown | null {
  const introduced = compared.filter(({ status }) => status === 'introduced');
  const changed = differingLines(path, before.code, after);
  const places = placesOf({ before: before.code, after, changed });
  const [finding] = mergeSightings(introduced.map((one) => sight(one, places)));
  const told = introduced.find(
    ({ outcome, violation }) => witnessText(outcome, 'after', violation) === finding?.witness,
  );
  if (finding === undefined || told === undefined) return null;
  return {
    rule: finding.rule,
    function: finding.location.function,
    race: told.outcome.race.id,
    preemptions: told.violation.preemptions,
    switches: told.violation.switches,
    witness: finding.witness,
  };
}

/** An edit keeps the number of lines, so a line is compared with the one of the same number. */
function differingLines(file: string, before: Code, after: Code) {
  const mutated = (after.files.get(file) ?? '').split('\n');
  const lines: ChangedLine[] = (before.files.get(file) ?? '').split('\n').flatMap((line, at) => {
    return line === mutated[at] ? [] : [{ file, line: at + 1, present: true, hunkLine: at + 1 }];
  });
  return { before: lines, after: lines };
}

function notJudged(pairs: readonly { before: Outcome; after: Outcome }[]): string[] {
  return pairs
    .filter(({ before, after }) => before.why.length + after.why.length > 0)
    .map(({ before, after }) => `${after.race.id} not judged: ${[...before.why, ...after.why].join('; ')}`);
}
