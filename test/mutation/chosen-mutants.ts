import { faultMutants } from './fault-mutants.js';
import type { Mutant } from './mutant.js';
import { otherMutants } from './other-mutants.js';
import { waitMutants } from './wait-mutants.js';

/** More mistakes, chosen by us: the protocol of entries, call by call. */
export const chosenMutants: Mutant[] = [...waitMutants, ...faultMutants, ...otherMutants];
