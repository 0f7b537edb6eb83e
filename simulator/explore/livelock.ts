import type { Machine } from '../vm/machine.js';
import { type Graph, noState } from './graph.js';
import type { StateStore } from './state.js';
import { placeOf } from './where.js';

export interface Livelock {
  /** A state of the cycle. */
  state: number;
  thread: number;
  function: string;
  message: string;
}

/**
 * On a complete graph: a strongly connected set of states, joined only by steps in which nothing is
 * achieved, that is fair to every thread (each acts in it, or somewhere in it cannot). Such threads
 * could go round for ever though none of them is stuck.
 */
export function findLivelock(
  graph: Graph,
  store: StateStore,
  machine: Machine,
  threadCount: number,
): Livelock | undefined {
  for (const component of components(graph, store.size)) {
    const thread = actingFairly(graph, component, threadCount);
    if (thread < 0) continue;
    const state = component[0] as number;
    store.restore(state);
    const name = placeOf(machine, thread)?.fn.name ?? '';
    return { state, thread, function: name, message: 'the threads go round for ever and achieve nothing' };
  }
  return undefined;
}

/** A thread that acts in the component, when the component is fair; -1 when it is not, or has no cycle. */
function actingFairly(graph: Graph, component: number[], threadCount: number): number {
  const inside = new Set(component);
  let acting = 0;
  let resting = 0;
  for (const state of component) {
    for (let t = 0; t < threadCount; t++) if (!graph.isEnabled(state, t)) resting |= 1 << t;
    for (const edge of idleEdges(graph, state))
      if (inside.has(graph.target(edge))) acting |= 1 << graph.thread(edge);
  }
  if (acting === 0) return -1;
  for (let t = 0; t < threadCount; t++) if ((((acting | resting) >> t) & 1) === 0) return -1;
  return 31 - Math.clz32(acting);
}

function* idleEdges(graph: Graph, state: number): Iterable<number> {
  if (!graph.isExpanded(state)) return;
  const first = graph.first(state);
  for (let edge = first; edge < first + graph.count(state); edge++) {
    if (graph.target(edge) !== noState && !graph.progressed(edge)) yield edge;
  }
}

/** Tarjan's strongly connected components over the idle edges, without recursion. */
function* components(graph: Graph, size: number): Iterable<number[]> {
  const index = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const onStack = new Uint8Array(size);
  const stack: number[] = [];
  let next = 0;
  for (let root = 0; root < size; root++) {
    if ((index[root] as number) >= 0 || !graph.isExpanded(root)) continue;
    const work: { state: number; edges: Iterator<number> }[] = [];
    const open = (state: number) => {
      index[state] = low[state] = next++;
      onStack[state] = 1;
      stack.push(state);
      work.push({ state, edges: idleEdges(graph, state)[Symbol.iterator]() });
    };
    open(root);
    while (work.length > 0) {
      const top = work[work.length - 1] as { state: number; edges: Iterator<number> };
      const step = top.edges.next();
      if (!step.done) {
        const target = graph.target(step.value);
        if ((index[target] as number) < 0) open(target);
        else if (onStack[target] === 1)
          low[top.state] = Math.min(low[top.state] as number, index[target] as number);
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent) low[parent.state] = Math.min(low[parent.state] as number, low[top.state] as number);
      if (low[top.state] !== index[top.state]) continue;
      const component: number[] = [];
      for (;;) {
        const state = stack.pop() as number;
        onStack[state] = 0;
        component.push(state);
        if (state === top.state) break;
      }
      yield component.reverse();
    }
  }
}
