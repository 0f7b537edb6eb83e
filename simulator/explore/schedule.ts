import type { Graph } from './graph.js';
import type { Segment } from './scenario.js';

/**
 * The schedule of a path through the graph, as turns: `before` leads to a state, `last` from there on. A
 * thread's first turn includes what it ran before its first scheduling point (`prefixes`). When the last edge
 * is a final state's problem, or `last` is a cycle (`isCycle`), whoever never got a turn must stand before its
 * first wait in the replay too; and a cycle begins with a turn of its own, so that the replay sees the state
 * it comes back to. Of `alike` threads, who acts first gets the first one's name.
 */
export function scheduleOf(
  graph: Graph,
  before: readonly number[],
  last: readonly number[],
  prefixes: readonly number[],
  isCycle: boolean,
  alike: readonly number[] = [],
): Segment[] {
  const started = new Set<number>();
  const segments: Segment[] = [];
  const actors = inOrder(actorsOf(graph, [...before, ...last], prefixes.length), alike);
  const append = (edge: number, actor: number, anew: boolean) => {
    const thread = actors[actor] as number;
    const count = graph.instructions(edge);
    if (count === 0) return;
    const prefix = started.has(thread) ? 0 : (prefixes[thread] as number);
    started.add(thread);
    const open = segments.at(-1);
    const segment = !anew && open?.thread === thread ? open : { thread, instructions: 0, choices: [] };
    if (segment !== open) segments.push(segment);
    segment.instructions += prefix + count;
    const choice = graph.choice(edge);
    if (choice >= 0) segment.choices.push(choice);
  };
  for (const [n, edge] of before.entries()) append(edge, n, false);
  if (isCycle || graph.instructions(last[0] as number) === 0) {
    prefixes.forEach((instructions, thread) => {
      if (!started.has(thread) && instructions > 0) segments.push({ thread, instructions, choices: [] });
      started.add(thread);
    });
  }
  last.forEach((edge, n) => {
    append(edge, before.length + n, isCycle && n === 0);
  });
  return segments;
}

/**
 * By edge: the thread that acts, by the name it has where the path ends. On the way, states may have been turned
 * to others that stand for them, in which threads that are alike have each other's places.
 */
function actorsOf(graph: Graph, path: readonly number[], threadCount: number): number[] {
  let names = Array.from({ length: threadCount }, (_, thread) => thread);
  return path
    .toReversed()
    .map((edge) => {
      names = names.map((_, thread) => names[graph.heir(edge, thread)] as number);
      return names[graph.thread(edge)] as number;
    })
    .reverse();
}

function inOrder(actors: readonly number[], alike: readonly number[]): number[] {
  const met = new Set(actors.filter((actor) => alike.includes(actor)));
  const names = new Map([...met].map((actor, n) => [actor, alike[n] as number]));
  return actors.map((actor) => names.get(actor) ?? actor);
}
