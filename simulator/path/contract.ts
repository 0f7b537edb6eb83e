import { isPrivate } from './cells.js';
import type { PathEnd } from './rule.js';
import { isArgument, isTerm, type Term } from './term.js';

/** What a returned value says to a caller, as far as two values can say the same. */
export function returnClass({ value, state }: PathEnd): string {
  if (value === undefined) return 'void';
  const known = state.facts.known(value);
  if (!isTerm(known)) return known === 0 ? 'zero' : known < 0 && known >= -4095 ? 'error' : `${known}`;
  const truth = state.facts.truth(known);
  if (truth === false) return 'zero';
  const name = constantName(known);
  return name ?? (truth ? 'something' : 'anything');
}

/** The name behind a constant that is declared elsewhere. */
function constantName({ shape }: Term): string | undefined {
  if (shape.kind !== 'symbol') return undefined;
  const [from] = shape.from;
  if (from === undefined || !isTerm(from) || from.shape.kind !== 'symbol') return undefined;
  return /^&[A-Z]/.test(from.shape.text) ? from.shape.text.slice(1) : undefined;
}

/** Whether no one call can take both paths: they want different things of an argument. */
export function contradicts(a: PathEnd, b: PathEnd): boolean {
  for (const term of a.state.facts.all.keys()) {
    if (!term.symbols.every(isArgument)) continue;
    const [x, y] = [a.state.facts.truth(term), b.state.facts.truth(term)];
    if (x !== undefined && y !== undefined && x !== y) return true;
  }
  return tellsApart(a, b);
}

/** Whether both leave something behind for the caller, in one place, that is zero in one case only. */
function tellsApart(a: PathEnd, b: PathEnd): boolean {
  for (const [id, { base, cells }] of a.state.cells.regions) {
    if (isPrivate(base)) continue;
    const others = b.state.cells.regions.get(id)?.cells;
    if (!others) continue;
    for (const [at, { value, written }] of cells) {
      const other = others.get(at);
      if (!written || !other?.written) continue;
      const [x, y] = [a.state.facts.truth(value), b.state.facts.truth(other.value)];
      if (x !== undefined && y !== undefined && x !== y) return true;
    }
  }
  return false;
}
