/** What is known of a mutant that the catalogue does not find: no difference to see, or a gap, and why. */
export interface Expectation {
  outcome: 'equivalent' | 'missed';
  why: string;
}

/** By the mutant's name; what is not here has to be found. */
export const expectations: ReadonlyMap<string, Expectation> = new Map();
