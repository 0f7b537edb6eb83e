import type { Machine } from '../vm/machine.js';
import { components } from './components.js';
import { type Graph, noState } from './graph.js';
import type { StateStore } from './state.js';
import { placeOf } from './where.js';

export interface Livelock {
  /** A state of the cycle. */
  state: number;
  /** Edges of a closed walk from there in which every thread acts that acts in the set. */
  cycle: number[];
  thread: number;
  function: string;
}

export const livelockMessage = 'the threads go round for ever and achieve nothing';

/**
 * On a complete graph: a strongly connected set of states, joined only by steps in which nothing is
 * achieved, that is fair to every thread: who can run anywhere in it acts in it (locks are given in turn,
 * so whoever waits for one that is free again and again gets it). Such threads could go round for ever
 * though none of them is stuck.
 */
export function findLivelock(
  graph: Graph,
  store: StateStore,
  machine: Machine,
  threadCount: number,
): Livelock | undefined {
  for (const component of components(store.size, (state) => idleEdges(graph, state), graph)) {
    const acting = actingFairly(graph, component, threadCount);
    if (acting.length === 0) continue;
    const state = component[0] as number;
    const cycle = closedWalk(graph, new Set(component), state, acting);
    const thread = graph.thread(cycle.at(-1) as number);
    store.restore(state);
    return { state, cycle, thread, function: placeOf(machine, thread)?.fn.name ?? '' };
  }
  return undefined;
}

/** The threads that act in the component, when the component is fair; none when it is not, or has no cycle. */
function actingFairly(graph: Graph, component: number[], threadCount: number): number[] {
  const inside = new Set(component);
  const acting = new Set<number>();
  const able = new Set<number>();
  for (const state of component) {
    for (let t = 0; t < threadCount; t++) if (graph.isEnabled(state, t)) able.add(t);
    for (const edge of idleEdges(graph, state))
      if (inside.has(graph.target(edge))) acting.add(graph.thread(edge));
  }
  for (const t of able) if (!acting.has(t)) return [];
  return [...acting];
}

/** Visits an edge of each acting thread, and comes back. */
function closedWalk(graph: Graph, inside: Set<number>, from: number, acting: number[]): number[] {
  const walk: number[] = [];
  let at = from;
  for (const thread of acting) {
    const path = shortest(graph, inside, at, (edge) => graph.thread(edge) === thread);
    walk.push(...path);
    at = graph.target(path.at(-1) as number);
  }
  return at === from
    ? walk
    : [...walk, ...shortest(graph, inside, at, (edge) => graph.target(edge) === from)];
}

/** The edges of a shortest path inside the component whose last edge is wanted; there always is one. */
function shortest(
  graph: Graph,
  inside: Set<number>,
  from: number,
  wanted: (edge: number) => boolean,
): number[] {
  const came = new Map<number, number>();
  const queue = [{ state: from, path: -1 }];
  const edges: number[] = [];
  const parents: number[] = [];
  for (const { state, path } of queue) {
    for (const edge of idleEdges(graph, state)) {
      const target = graph.target(edge);
      if (!inside.has(target)) continue;
      const index = edges.push(edge) - 1;
      parents.push(path);
      if (wanted(edge)) return pathTo(edges, parents, index);
      if (came.has(target)) continue;
      came.set(target, edge);
      queue.push({ state: target, path: index });
    }
  }
  throw new Error('a strongly connected set is not connected');
}

function pathTo(edges: number[], parents: number[], last: number): number[] {
  const path: number[] = [];
  for (let index = last; index >= 0; index = parents[index] as number) path.push(edges[index] as number);
  return path.reverse();
}

/** Steps in which nothing is achieved. */
function* idleEdges(graph: Graph, state: number): Iterable<number> {
  if (!graph.isExpanded(state)) return;
  const first = graph.first(state);
  for (let edge = first; edge < first + graph.count(state); edge++) {
    if (graph.target(edge) !== noState && !graph.progressed(edge)) yield edge;
  }
}
