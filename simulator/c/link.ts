import { isOurs, spellings } from './own-words.js';
import type { Scope } from './scope.js';
import type { Session } from './session.js';
import { type FunctionSymbol, type GlobalSymbol, originRank, weight } from './symbol.js';
import type { Type } from './type.js';
import type { UnitScope } from './unit-scope.js';

/** What a name means in a scope once every unit is known. */
export type Meaning =
  | { kind: 'variable'; named: Extract<ReturnType<Scope['find']>, { kind: 'variable' }> }
  | { kind: 'enumerator'; value: bigint | undefined; type: Type }
  /** `missing`: declared, but no unit defines it. */
  | { kind: 'global'; symbol: GlobalSymbol; missing: boolean }
  | { kind: 'function'; symbol: FunctionSymbol }
  | { kind: 'prototype'; type: Type };

/** Makes a unit's functions and globals known to the others. Units of one origin: in their order. */
export function addUnit(session: Session, unit: UnitScope): void {
  for (const [name, symbols] of unit.functions) {
    session.named.add(name);
    session.functions.set(name, byRank([...(session.functions.get(name) ?? []), ...symbols]));
  }
  for (const symbol of unit.globals) {
    session.named.add(symbol.name);
    session.globals.set(symbol.name, byRank([...(session.globals.get(symbol.name) ?? []), symbol]));
  }
}

function byRank<T extends { unit: UnitScope }>(symbols: T[]): T[] {
  return symbols.sort((a, b) => originRank[a.unit.origin] - originRank[b.unit.origin]);
}

export function meaningOf(name: string, scope: Scope, arity?: number): Meaning | undefined {
  const found = scope.find(name);
  switch (found?.kind) {
    case 'variable':
      return { kind: 'variable', named: found };
    case 'enumerator':
      return found;
    case 'typedef':
      return undefined;
    case 'global': {
      const symbol = resolveGlobal(found, scope.unit);
      return { kind: 'global', symbol: symbol ?? found, missing: symbol === undefined };
    }
    default:
  }
  const fn = resolveFunction(name, arity, scope.unit);
  if (fn) return { kind: 'function', symbol: fn };
  if (found?.kind === 'prototype') {
    found.type ??= found.scope.resolve(found.typeName);
    return { kind: 'prototype', type: found.type };
  }
  const global = definedGlobal(name, scope.unit);
  return global && { kind: 'global', symbol: global, missing: false };
}

/**
 * The function that a call from `unit` reaches: a static one of the same file first, then the others in the
 * order of linking, and statics of other files only when there is nothing else (a role plays a static
 * function of the file under review). The model itself keeps to its own functions, whatever names a patch gives
 * to what it adds; of those that stand in for the kernel's it says so. Of several, the one with that many parameters.
 */
export function resolveFunction(
  name: string,
  arity: number | undefined,
  unit: UnitScope,
): FunctionSymbol | undefined {
  unit.session.asked.add(name);
  const all = unit.session.functions.get(name);
  if (!all) return undefined;
  const visible = all.filter((symbol) => symbol.unit === unit || isVisible(symbol));
  const candidates = visible.length > 0 ? visible : all;
  const overridden = all.some((symbol) => symbol.unit.origin === 'broken');
  const ordered = candidates.map((symbol, place) => ({
    symbol,
    key: nearness(symbol, unit, overridden),
    place,
  }));
  ordered.sort((a, b) => a.key - b.key || a.place - b.place);
  const fitting = arity === undefined ? undefined : ordered.find(({ symbol }) => takes(symbol, arity));
  return (fitting ?? ordered[0])?.symbol;
}

function isVisible(symbol: FunctionSymbol): boolean {
  return !symbol.definition.static || symbol.unit.isPrelude || symbol.unit.origin === 'broken';
}

/** Less is nearer. What the model has instead of the code under review goes first. A race's BROKEN function also goes before a static one of the baseline's own file. */
function nearness(symbol: FunctionSymbol, unit: UnitScope, overridden: boolean): number {
  const rank = originRank[symbol.unit.origin];
  const own = symbol.unit === unit;
  const replaced = overridden && rank > originRank.broken;
  const keeps = isOurs(unit.origin) && isOurs(symbol.unit.origin) && !symbol.definition.otherwise;
  if (symbol.definition.instead) return -2;
  if (own && symbol.definition.static && !replaced) return -1;
  return (keeps ? 0 : 100) + rank * 2 + (own ? 0 : 1);
}

/** Whether a call with that many arguments is right. */
export function takes(symbol: FunctionSymbol, arity: number): boolean {
  const { parameters, variadic } = symbol.definition.type;
  const only = parameters[0]?.type;
  const none = parameters.length === 1 && only?.kind === 'builtin' && only.name === 'void';
  const count = none ? 0 : parameters.length;
  return variadic ? arity >= count : arity === count;
}

/** The definition behind a declaration; undefined when nobody has one. */
function resolveGlobal(symbol: GlobalSymbol, unit: UnitScope): GlobalSymbol | undefined {
  if (symbol.storage === 'static') return symbol;
  return definedGlobal(symbol.name, unit);
}

/** Here, too, the model keeps to its own. */
function definedGlobal(name: string, { session, origin }: UnitScope): GlobalSymbol | undefined {
  session.asked.add(name);
  const defined = (session.globals.get(name) ?? []).filter((symbol) => weight(symbol) > 0);
  const ours = isOurs(origin) ? defined.filter(({ unit }) => isOurs(unit.origin)) : [];
  const all = ours.length > 0 ? ours : defined;
  const shared = all.filter((symbol) => symbol.storage !== 'static');
  const candidates = shared.length > 0 ? shared : all;
  const best = candidates[0];
  if (!best) return undefined;
  const level = originRank[best.unit.origin];
  const valued = candidates.find((s) => weight(s) === 2 && originRank[s.unit.origin] === level);
  return valued ?? best;
}

/** The function that a root names: a race names its own. */
export function rootFunction(name: string, session: Session): FunctionSymbol | undefined {
  const all = spellings(name).flatMap((each) => session.functions.get(each) ?? []);
  const visible = all.filter((symbol) => isVisible(symbol));
  return visible.find(({ unit }) => isOurs(unit.origin)) ?? visible[0] ?? all[0];
}
