import type { Code } from '../../src/code/code.js';
import { judge } from '../../src/race/judge.js';
import type { Outcome } from '../../src/race/outcome.js';
import type { Race } from '../../src/race/race.js';

/** The code that mutants are made of. Each race is judged on it once, however many mutants there are. */
export class Unmutated {
  private readonly outcomes = new Map<Race, Outcome>();

  constructor(readonly code: Code) {}

  judge(race: Race): Outcome {
    const known = this.outcomes.get(race) ?? judge(race, this.code);
    this.outcomes.set(race, known);
    return known;
  }
}
