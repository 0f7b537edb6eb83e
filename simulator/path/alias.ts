import type { Calculator } from './calculate.js';
import type { Facts } from './facts.js';
import { exclusiveFamilies } from './known-lock.js';
import { mayBeOne } from './lock-call.js';
import { lastAsked } from './recall.js';
import { ofOne } from './rule.js';
import { type Held, type State, siteOf } from './state.js';
import { isTerm, placeOf, type Term, type Terms, type Value } from './term.js';

/** Says that the lock which was taken at a place goes by this name, too. */
export const aliasOf = (lock: Held, name: Value): string =>
  `${siteOf(lock)} = ${isTerm(name) ? name.bare : name}`;

/**
 * A lock is taken beside one of its kind that may be the same by another name. Where other paths have released the one
 * by the name of the other, it is: then somebody on the way has released it. So it is with one that is taken again, or
 * at another place, unless who does so would wait for himself.
 */
export function takenBeside(state: State, lock: Held): Held {
  const isOneName = ({ family, lock: name }: Held) =>
    family === lock.family && isTerm(name) && isTerm(lock.lock) && name.bare === lock.lock.bare;
  const again = state.past.find((past) => past.alias !== undefined && isOneName(past))?.alias;
  if (again !== undefined) return { ...lock, alias: again };
  const isOther = (held: Held) =>
    held.family === lock.family &&
    isTerm(held.lock) &&
    (isOneName(held) ? isAgain(held, lock) : mayBeOne(held.lock, lock.lock));
  const other = state.held.findLast(isOther);
  if (!other) return lock;
  const alias = aliasOf(other, lock.lock);
  state.held = state.held.map((each) => (each === other ? { ...each, alias } : each));
  return { ...lock, alias };
}

function isAgain(held: Held, lock: Held): boolean {
  const waits = exclusiveFamilies.has(lock.family) && !(held.mode === 'read' && lock.mode === 'read');
  return !waits && siteOf(held) !== siteOf(lock);
}

/**
 * Whether two addresses are one since what they lie in has turned out to be: what was found in one list,
 * `list_entry(a, struct x, one)`, is what was found in another, `list_entry(b, struct x, two)`.
 */
export function isKnownOne(facts: Facts, one: Value, other: Value): boolean {
  const [x, y] = [placeOf(one), placeOf(other)];
  if (!x.base || !y.base || x.base === y.base) return false;
  return [...facts.all.keys()].some((fact) => {
    const { shape } = fact;
    if (shape.kind !== 'binary' || (shape.f !== 'eq' && shape.f !== 'ne')) return false;
    if (!isTerm(shape.a) || !isTerm(shape.b)) return false;
    const [a, b] = [placeOf(shape.a), placeOf(shape.b)];
    const gap = x.offset - y.offset;
    const isIt =
      (a.base === x.base && b.base === y.base && a.offset - b.offset === gap) ||
      (a.base === y.base && b.base === x.base && b.offset - a.offset === gap);
    return isIt && facts.truth(fact) === (shape.f === 'eq');
  });
}

/**
 * Marks a path that holds two locks of which it knows that they lie in one object: nobody can. What it has asked for
 * before it took them it knows by name.
 */
export function heldTwice({ held, facts, marks, frames }: State, calculator: Calculator): void {
  const isKnown = (equal: Value) =>
    isTerm(equal) && frames.some(({ asked }) => lastAsked(asked, equal.bare)?.outcome === true);
  const own = held.filter(({ family, lock }) => exclusiveFamilies.has(family) && isTerm(lock));
  const isTwice = (a: Held, b: Held) => {
    const [x, y] = [placeOf(a.lock), placeOf(b.lock)];
    if (a.family !== b.family || x.offset !== y.offset || !x.base || !y.base || x.base === y.base)
      return false;
    return (
      !(a.mode === 'read' && b.mode === 'read') &&
      (facts.areOne(x.base, y.base) || isKnown(calculator.binary('eq', 64, false, x.base, y.base)))
    );
  };
  if (own.some((a, n) => own.slice(n + 1).some((b) => isTwice(a, b)))) marks.set(ofOne, 1);
}

/**
 * Who takes a lock writes his name beside it, and is asked for later: `if (other->owner == current)`. Where that is not
 * so, it is another object, and its lock another one than what goes by its name elsewhere.
 */
export function toldApart(state: State, asked: Value, outcome: boolean, terms: Terms): void {
  const [member, value] = comparedMember(asked, outcome) ?? [];
  if (!member || value === undefined) return;
  const { base: other, offset } = placeOf(member);
  state.held = state.held.map((lock) => {
    const { base, offset: at } = placeOf(lock.lock);
    if (!base || !other || base === other) return lock;
    const cell = state.cells.regions.get(base.id)?.cells.get(offset);
    return cell?.written && cell.value === value
      ? { ...lock, alias: aliasOf(lock, terms.offset(other, at)) }
      : lock;
  });
}

/** Of a comparison of what stands somewhere, which turns out not to be equal: where it stands, and with what. */
function comparedMember(asked: Value, outcome: boolean): [Value, Value] | undefined {
  if (!isTerm(asked) || asked.shape.kind !== 'binary') return undefined;
  const { f, a, b } = asked.shape;
  if (f !== (outcome ? 'ne' : 'eq')) return undefined;
  for (const [one, value] of [
    [a, b],
    [b, a],
  ] as const) {
    const from = isTerm(one) ? readFrom(one) : undefined;
    if (from) return [from, value];
  }
  return undefined;
}

function readFrom({ shape }: Term): Value | undefined {
  return shape.kind === 'symbol' && shape.text.startsWith('[') ? shape.from[0] : undefined;
}
