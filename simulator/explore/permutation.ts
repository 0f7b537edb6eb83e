/** By thread: which one's place it takes. */
export type Permutation = readonly number[];

/** All orders of some of so many threads, the usual one first. */
export function permutationsOf(members: readonly number[], threadCount: number): Permutation[] {
  const orders = (left: readonly number[]): number[][] =>
    left.length === 0
      ? [[]]
      : left.flatMap((one) => orders(left.filter((other) => other !== one)).map((rest) => [one, ...rest]));
  return orders(members).map((order) => {
    const permutation = Array.from({ length: threadCount }, (_, thread) => thread);
    for (const [n, member] of members.entries()) permutation[member] = order[n] as number;
    return permutation;
  });
}
