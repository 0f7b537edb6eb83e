import type { Loaded, LoadedUnit } from './load.js';
import type { Lowered } from './lower/finish.js';
import { lowerFunction } from './lower/function.js';
import { addPrelude, addUnits } from './new-session.js';
import { Session } from './session.js';
import type { FunctionSymbol } from './symbol.js';
import type { UnitScope } from './unit-scope.js';

type Read = Pick<Loaded, 'prelude' | 'units'>;

/** The code under review, the model and its roles: what the programs of all races have in common, lowered once. */
interface Shared {
  loaded: Read;
  session: Session;
  prelude: UnitScope | undefined;
  lowered: Map<FunctionSymbol, Lowered>;
  /** An unknown member was appended to a struct: sizes depend on what else is in a program. */
  spoilt: boolean;
}

/** The last ones used: the two sides of a patch, for each set of files that races run together. */
const known: Shared[] = [];
const most = 8;

const isOwn = ({ origin }: LoadedUnit) => origin === 'broken' || origin === 'race';

/**
 * Makes a program whose common units are lowered at most once in this process. Undefined when they would not
 * be the same in this program as in others: it defines a name that they asked for, or a struct has grown.
 */
export function withShared<T>(
  loaded: Loaded,
  make: (session: Session, lowering: (symbol: FunctionSymbol) => Lowered) => T,
): T | undefined {
  if (loaded.units.every(isOwn)) return undefined;
  const shared = sharedOf(loaded);
  if (shared.spoilt) return undefined;
  shared.session.reset();
  const session = new Session(new Map(), false, shared.session);
  addUnits(session, loaded.units.filter(isOwn), shared.prelude);
  const result = make(session, (symbol) => lowerShared(shared, symbol));
  shared.spoilt = session.grew || shared.session.grew;
  return shared.spoilt || meets(shared.session, session) ? undefined : result;
}

function lowerShared({ session, lowered }: Shared, symbol: FunctionSymbol): Lowered {
  if (symbol.unit.session !== session) return lowerFunction(symbol);
  const known = lowered.get(symbol) ?? lowerFunction(symbol);
  lowered.set(symbol, known);
  return known;
}

/** Whether the program gives a meaning of its own to a name that common units asked for. */
function meets(common: Session, own: Session): boolean {
  for (const name of own.named) if (common.asked.has(name)) return true;
  return false;
}

function sharedOf(loaded: Loaded): Shared {
  const units = loaded.units.filter((unit) => !isOwn(unit));
  const at = known.findIndex((shared) => isSame(shared.loaded, { prelude: loaded.prelude, units }));
  const shared = at >= 0 ? (known.splice(at, 1)[0] as Shared) : newShared({ prelude: loaded.prelude, units });
  known.unshift(shared);
  known.length = Math.min(known.length, most);
  return shared;
}

function newShared(loaded: Read): Shared {
  const session = new Session(new Map());
  const prelude = addPrelude(session, loaded);
  addUnits(session, loaded.units, prelude);
  return { loaded, session, prelude, lowered: new Map(), spoilt: false };
}

/** Units are read once for one text: the same text is the same object. */
function isSame(a: Read, b: Read): boolean {
  return (
    a.prelude === b.prelude &&
    a.units.length === b.units.length &&
    a.units.every((each, at) => each.unit === b.units[at]?.unit && each.origin === b.units[at]?.origin)
  );
}
