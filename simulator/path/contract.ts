import { isPrivate } from './cells.js';
import { isErrorName, isWidened } from './facts.js';
import type { PathEnd } from './rule.js';
import { constantName, isArgument, isTerm, type Term } from './term.js';

/** What a returned value says to a caller, as far as two values can say the same. */
export function returnClass({ value, state }: PathEnd): string {
  if (value === undefined) return 'void';
  const known = state.facts.known(value);
  if (!isTerm(known)) return known === 0 ? 'zero' : known < 0 && known >= -4095 ? 'error' : `${known}`;
  if (isErrorName(known) || state.facts.isError(known)) return 'error';
  const truth = state.facts.truth(known);
  if (truth === false) return 'zero';
  // `ERR_PTR(error)` stands beside pointers, and is none.
  if (isWidened(known)) return 'number as wide as a pointer';
  const name = constantName(known);
  return name ?? (truth ? 'something' : 'anything');
}

/**
 * What a path wants of its caller's arguments, and leaves behind for it: what is zero there, and what is not. A
 * variable of the file it may leave behind as it has found it.
 */
interface Demands {
  arguments: { term: Term; truth: boolean }[];
  cells: { region: number; at: number; truth: boolean; written: boolean }[];
}

const known = new WeakMap<PathEnd, Demands>();

/** The region of what the file declares. */
const variables = 0;

function demands(end: PathEnd): Demands {
  const before = known.get(end);
  if (before) return before;
  const all: Demands = { arguments: [], cells: [] };
  const { facts, cells } = end.state;
  for (const term of facts.all.keys()) {
    const truth = term.symbols.every(isArgument) ? facts.truth(term) : undefined;
    if (truth !== undefined) all.arguments.push({ term, truth });
  }
  for (const [region, { base, cells: own }] of cells.regions) {
    if (isPrivate(base)) continue;
    for (const [at, { value, written }] of own) {
      const truth = written || base === undefined ? facts.truth(value) : undefined;
      if (truth !== undefined) all.cells.push({ region, at, truth, written });
    }
  }
  known.set(end, all);
  return all;
}

/** The same for two paths that contradict the same others. */
export function demandsOf(end: PathEnd): string {
  const { arguments: args, cells } = demands(end);
  const words = [
    ...args.map(({ term, truth }) => `${term.id} ${truth}`),
    ...cells.map(({ region, at, truth, written }) => `${region}+${at} ${truth} ${written}`),
  ];
  return words.sort().join();
}

/** Whether no one call can take both paths: they want different things of an argument, or leave them behind. */
export function contradicts(a: PathEnd, b: PathEnd): boolean {
  const { arguments: args, cells } = demands(a);
  const { state } = b;
  const isOther = (truth: boolean, other: boolean | undefined) => other !== undefined && other !== truth;
  return (
    args.some(({ term, truth }) => isOther(truth, state.facts.truth(term))) ||
    cells.some(({ region, at, truth, written }) => {
      const cell = state.cells.regions.get(region)?.cells.get(at);
      if (!cell || !(cell.written || (written && region === variables))) return false;
      return isOther(truth, state.facts.truth(cell.value));
    })
  );
}
