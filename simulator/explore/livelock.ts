import type { Machine } from '../vm/machine.js';
import { cycles } from './components.js';
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
 * though none of them is stuck. A set that starves somebody may hold a smaller one in which he never could
 * run: the search goes on without the states in which he can.
 */
export function findLivelock(
  graph: Graph,
  store: StateStore,
  machine: Machine,
  threadCount: number,
): Livelock | undefined {
  // Mostly there is no way back, and so nothing to look for.
  if (graph.returns.length === 0) return undefined;
  const left = expanded(graph, store);
  while (peel(graph, left) > 0) {
    const unfair: number[] = [];
    for (const component of cycles(graph, graph.returns, left)) {
      const { acting, starved } = fairness(graph, component, threadCount, left);
      if (starved === 0) return livelockIn(graph, store, machine, component, acting, left);
      for (const state of component) if ((graph.enabled(state) & starved) !== 0) unfair.push(state);
    }
    if (unfair.length === 0) return undefined;
    for (const state of unfair) left[state] = 0;
  }
  return undefined;
}

/** Whether threads can come back to where they were and have achieved nothing. */
export function goesRound(graph: Graph, store: StateStore): boolean {
  if (graph.returns.length === 0) return false;
  return peel(graph, expanded(graph, store)) > 0;
}

/** By state: 1 where its steps are known. */
function expanded(graph: Graph, store: StateStore): Uint8Array {
  const left = new Uint8Array(store.size);
  for (let state = 0; state < left.length; state++) if (graph.isExpanded(state)) left[state] = 1;
  return left;
}

function livelockIn(
  graph: Graph,
  store: StateStore,
  machine: Machine,
  component: number[],
  acting: number[],
  left: Uint8Array,
): Livelock {
  const state = component[0] as number;
  const idle = (at: number) => idleEdges(graph, at, left);
  const cycle = closedWalk(graph, new Set(component), state, acting, idle);
  const thread = graph.thread(cycle.at(-1) as number);
  store.restore(state);
  return { state, cycle, thread, function: placeOf(machine, thread)?.fn.name ?? '' };
}

/**
 * Takes away the states that no idle step leads to from one that is left, again and again: mostly that is all of them.
 * How many are left; if any, then some of them are a cycle. States are met in layers, and so are those that follow
 * them: unlike a search in depth this stays where it is in memory.
 */
function peel(graph: Graph, left: Uint8Array): number {
  const ways = new Int32Array(left.length);
  const free = new Int32Array(left.length);
  let count = 0;
  let known = 0;
  for (let state = 0; state < left.length; state++) {
    if (left[state] === 0) continue;
    count++;
    for (let edge = graph.first(state), end = edge + graph.count(state); edge < end; edge++)
      if (isIdle(graph, edge, left)) ways[graph.target(edge)]!++;
  }
  for (let state = 0; state < left.length; state++)
    if (left[state] === 1 && ways[state] === 0) free[known++] = state;
  for (let n = 0; n < known; n++) {
    const state = free[n] as number;
    for (let edge = graph.first(state), end = edge + graph.count(state); edge < end; edge++)
      if (isIdle(graph, edge, left) && --ways[graph.target(edge)]! === 0) free[known++] = graph.target(edge);
    left[state] = 0;
  }
  return count - known;
}

/** A step in which nothing is achieved, to a state that is left. */
function isIdle(graph: Graph, edge: number, left: Uint8Array): boolean {
  const target = graph.target(edge);
  return target !== noState && left[target] === 1 && !graph.progressed(edge);
}

/** The threads that act in a component, and bits of those that could but do not. */
function fairness(
  graph: Graph,
  component: number[],
  threadCount: number,
  left: Uint8Array,
): { acting: number[]; starved: number } {
  const inside = new Set(component);
  let acts = 0;
  let able = 0;
  for (const state of component) {
    able |= graph.enabled(state);
    for (const edge of idleEdges(graph, state, left))
      if (inside.has(graph.target(edge))) acts |= 1 << graph.thread(edge);
  }
  const acting = Array.from({ length: threadCount }, (_, t) => t).filter((t) => (acts >> t) & 1);
  return { acting, starved: able & ~acts };
}

/** Visits an edge of each acting thread, and comes back. */
function closedWalk(graph: Graph, inside: Set<number>, from: number, acting: number[], idle: Idle): number[] {
  const walk: number[] = [];
  let at = from;
  for (const thread of acting) {
    const path = shortest(graph, inside, at, (edge) => graph.thread(edge) === thread, idle);
    walk.push(...path);
    at = graph.target(path.at(-1) as number);
  }
  return at === from
    ? walk
    : [...walk, ...shortest(graph, inside, at, (edge) => graph.target(edge) === from, idle)];
}

/** The edges of a shortest path inside the component whose last edge is wanted; there always is one. */
function shortest(
  graph: Graph,
  inside: Set<number>,
  from: number,
  wanted: (edge: number) => boolean,
  idle: Idle,
): number[] {
  const came = new Map<number, number>();
  const queue = [{ state: from, path: -1 }];
  const edges: number[] = [];
  const parents: number[] = [];
  for (const { state, path } of queue) {
    for (const edge of idle(state)) {
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

type Idle = (state: number) => Iterable<number>;

/** Steps in which nothing is achieved, between states that are left. */
function* idleEdges(graph: Graph, state: number, left: Uint8Array): Iterable<number> {
  if (left[state] === 0) return;
  const first = graph.first(state);
  for (let edge = first; edge < first + graph.count(state); edge++) if (isIdle(graph, edge, left)) yield edge;
}
