import { likenessOf } from '../../../simulator/explore/alike.js';
import { begin, setUp } from '../../../simulator/explore/execution.js';
import { Expander } from '../../../simulator/explore/expand.js';
import { Graph } from '../../../simulator/explore/graph.js';
import { KnownSteps } from '../../../simulator/explore/known-steps.js';
import { Peek } from '../../../simulator/explore/peek.js';
import { Symmetry } from '../../../simulator/explore/symmetry.js';
import { Visibility } from '../../../simulator/explore/visibility.js';
import type { Scenario } from '../../../simulator/index.js';

/** What a search of threads that are alike met, and how many states those stand for. */
export interface Orbits {
  states: number;
  standFor: number;
  /** Why threads were told apart in the end. */
  why: string | undefined;
}

/** Every state that is searched, and all its images. Undefined when no two threads run the same code. */
export function orbitsOf(scenario: Scenario): Orbits | undefined {
  const execution = setUp(scenario);
  const { machine, store } = execution;
  const likeness = likenessOf(execution);
  if (likeness === undefined) return undefined;
  machine.likeness = likeness;
  const visibility = new Visibility(machine, false);
  const known = new KnownSteps(store, new Peek(store), visibility);
  try {
    for (;;) {
      visibility.settle();
      likeness.settle();
      execution.base = store.restart(execution.base);
      likeness.meets(machine.memory);
      const symmetry = new Symmetry(store, likeness);
      const graph = new Graph(symmetry.permutations);
      const expander = new Expander(execution, scenario, visibility, graph, known, symmetry);
      expander.arrive(begin(execution, visibility).initial, -1);
      for (let n = 0; n < expander.met.length; n++) expander.expand(expander.met.at(n));
      if (likeness.grew > 0 && likeness.why === undefined)
        throw new Error('a row of elements was not known beforehand');
      if (visibility.grew > 0 && likeness.why === undefined) continue;
      let standFor = 0;
      for (const state of expander.met)
        standFor += new Set(symmetry.permutations.map((_, turn) => symmetry.image(state, turn))).size;
      return { states: expander.states, standFor, why: likeness.why };
    }
  } finally {
    visibility.release();
    machine.release();
  }
}
