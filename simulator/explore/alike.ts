import { Likeness } from '../vm/likeness.js';
import type { Fn } from '../vm/program.js';
import type { Execution } from './execution.js';

/** Of so many threads every order is tried. */
const mostAlike = 5;

/**
 * The threads of the largest set that run the same code, if there are two. From now on all run that of the first:
 * what goes wrong in it has one name.
 */
export function likenessOf({ machine, functions }: Execution): Likeness | undefined {
  const sets = new Map<string, number[]>();
  for (const [thread, fn] of functions.entries()) {
    const text = textOf(fn);
    sets.set(text, [...(sets.get(text) ?? []), thread]);
  }
  const largest = [...sets.values()].reduce((one, other) => (other.length > one.length ? other : one), []);
  if (largest.length < 2) return undefined;
  for (const thread of largest) functions[thread] = functions[largest[0] as number] as Fn;
  const likeness = new Likeness(largest.slice(0, mostAlike));
  // What is not found here is found when it is used: then the search begins anew.
  for (const fn of machine.program.functions)
    for (const [base, stride] of rowsIn(fn))
      likeness.addRow(machine.constants[base] as number, machine.constants[stride] as number);
  return likeness;
}

/** What a function does, as text; the lines it stands on and its name are no part of that. */
function textOf({ parameters, registers, frame, step, code }: Fn): string {
  return JSON.stringify([parameters, registers, frame, step, code], (key, value) =>
    key === 'line' ? undefined : value,
  );
}

const rows = new WeakMap<object, [base: number, stride: number][]>();

/** The arrays with an element for each thread that a function names, by the numbers of constants. */
function rowsIn(fn: Fn): [base: number, stride: number][] {
  const body = fn.body ?? fn;
  let found = rows.get(body);
  if (found === undefined) {
    found = [];
    for (const i of body.code) {
      const [base = 0, stride = 0] = i.op === 'intrinsic' && i.name === '__own' ? i.args : [];
      if (base < 0 && stride < 0) found.push([base, stride]);
    }
    rows.set(body, found);
  }
  const constant = (operand: number) => ~(fn.numbers?.[~operand] ?? operand);
  return found.map(([base, stride]) => [constant(base), constant(stride)]);
}
