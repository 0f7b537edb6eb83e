import type { Code } from '../code/code.js';
import type { CheckResult } from '../finding/check.js';
import type { Finding } from '../finding/finding.js';
import type { SelfTest } from '../finding/self-test.js';
import { checkRace } from './check-race.js';
import { ownFinding } from './own-finding.js';
import type { Race } from './race.js';
import { type RaceReview, type ReviewedChange, replayRace } from './replay-race.js';
import type { SearchOptions } from './search-options.js';
import { selfTestRace } from './self-test-race.js';

/** What can be done with each race of a catalogue; inputs and outputs are plain data that threads can exchange. */
export interface Tasks {
  review: { input: { change: ReviewedChange; options: SearchOptions }; output: RaceReview | undefined };
  check: { input: { code: Code; options: SearchOptions }; output: CheckResult };
  'self-test': { input: SearchOptions; output: SelfTest };
  'own-witness': { input: SearchOptions; output: Finding | undefined };
}

export type Task = keyof Tasks;

/** Does a task with one race. */
export const tasks: { [T in Task]: (race: Race, input: Tasks[T]['input']) => Tasks[T]['output'] } = {
  review: (race, { change, options }) => replayRace(race, change, options),
  check: (race, { code, options }) => checkRace(race, code, options),
  'self-test': (race, options) => selfTestRace(race, options),
  'own-witness': (race, options) => ownFinding(race, options),
};
