import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cycles } from '../../../simulator/explore/components.js';
import { Graph, noState } from '../../../simulator/explore/graph.js';

interface Edge {
  to: number;
  progressed: boolean;
}

const most = 12;
const edge = fc.record({ to: fc.integer({ min: noState, max: most - 1 }), progressed: fc.boolean() });
const states = fc.array(fc.array(edge, { maxLength: 4 }), { minLength: most, maxLength: most });

function graphOf(all: Edge[][]): Graph {
  const graph = new Graph();
  for (const [state, edges] of all.entries()) {
    graph.open(state, 0);
    for (const { to, progressed } of edges) graph.add(state, 0, -1, to, 1, progressed);
  }
  return graph;
}

/** By state: which can be reached in one idle step or more, between states that are left. */
function reachable(all: Edge[][], left: Uint8Array): Set<number>[] {
  const idle = (state: number) =>
    left[state] === 0 ? [] : all[state]!.filter(({ to, progressed }) => !progressed && left[to] === 1);
  return all.map((_, state) => {
    const met = new Set<number>();
    const queue = idle(state).map(({ to }) => to);
    for (let to = queue.pop(); to !== undefined; to = queue.pop()) {
      if (met.has(to)) continue;
      met.add(to);
      queue.push(...idle(to).map((each) => each.to));
    }
    return met;
  });
}

test('components that have a cycle are those whose states reach each other', () => {
  const property = fc.property(
    states,
    fc.array(fc.boolean(), { minLength: most, maxLength: most }),
    (all, out) => {
      const left = Uint8Array.from(out, (isOut, state) => (isOut && state % 3 === 0 ? 0 : 1));
      const reach = reachable(all, left);
      const expected = new Set<string>();
      for (const [state, met] of reach.entries())
        if (met.has(state))
          expected.add(
            [...met]
              .filter((other) => reach[other]!.has(state))
              .sort()
              .join(),
          );
      const roots = all.map((_, state) => state);
      const found = [...cycles(graphOf(all), roots, left)].map((component) => component.sort().join());
      expect(found.sort()).toEqual([...expected].sort());
    },
  );
  fc.assert(property, { numRuns: 500 });
});
