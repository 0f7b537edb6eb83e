import type { Meaning } from '../../simulator/c/fingerprint.js';

type Meanings = ReadonlyMap<string, Meaning>;

/**
 * Functions of a file that lost a barrier, or an access that is ordered or happens once, and those that do the same
 * as before with one of them elsewhere. What more order does to them is shown by no scenario either, but breaks none.
 */
export function lessOrdered(before: Meanings, after: Meanings): Map<string, string[]> {
  const left = balance(before, after);
  const found = new Map<string, string[]>();
  for (const [name, was] of before) {
    const is = after.get(name);
    if (is === undefined) continue;
    const names = new Set(was.orders.map((order) => order.name));
    const lost = [...names].filter((order) => isLost(order, was, is, left));
    const moved = was.code === is.code && lost.length === 0 ? movedIn(was, is) : [];
    const orders = [...new Set([...lost, ...moved])];
    if (orders.length > 0) found.set(name, orders);
  }
  return found;
}

/** By name: how many more there are in the file after than before. What went to another function is not lost. */
function balance(before: Meanings, after: Meanings): Map<string, number> {
  const count = new Map<string, number>();
  const add = (all: Meanings, step: number) => {
    for (const { orders } of all.values())
      for (const { name } of orders) count.set(name, (count.get(name) ?? 0) + step);
  };
  add(before, -1);
  add(after, 1);
  return count;
}

function isLost(order: string, was: Meaning, is: Meaning, left: ReadonlyMap<string, number>): boolean {
  const number = ({ orders }: Meaning) => orders.filter(({ name }) => name === order).length;
  return number(is) < number(was) && (left.get(order) ?? 0) < 0;
}

/** In code that is the same: what no longer stands where it stood. */
function movedIn(was: Meaning, is: Meaning): string[] {
  const there = new Set(is.orders.map(({ name, at }) => `${name} ${at}`));
  return was.orders.filter(({ name, at }) => !there.has(`${name} ${at}`)).map(({ name }) => name);
}
