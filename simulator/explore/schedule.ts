import type { Graph } from './graph.js';
import type { Segment } from './scenario.js';

/**
 * The schedule of a path through the graph, as turns: `before` leads to a state, `last` from there on. A
 * thread's first turn includes what it ran before its first scheduling point (`prefixes`). When the last edge
 * is a final state's problem, or `last` is a cycle (`isCycle`), whoever never got a turn must stand before its
 * first wait in the replay too; and a cycle begins with a turn of its own, so that the replay sees the state
 * it comes back to.
 */
export function scheduleOf(
  graph: Graph,
  before: readonly number[],
  last: readonly number[],
  prefixes: readonly number[],
  isCycle: boolean,
): Segment[] {
  const started = new Set<number>();
  const segments: Segment[] = [];
  const append = (edge: number, anew: boolean) => {
    const thread = graph.thread(edge);
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
  for (const edge of before) append(edge, false);
  if (isCycle || graph.instructions(last[0] as number) === 0) {
    prefixes.forEach((instructions, thread) => {
      if (!started.has(thread) && instructions > 0) segments.push({ thread, instructions, choices: [] });
      started.add(thread);
    });
  }
  last.forEach((edge, n) => {
    append(edge, isCycle && n === 0);
  });
  return segments;
}
