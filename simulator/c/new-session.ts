import { addUnit } from './link.js';
import type { Loaded, LoadedUnit } from './load.js';
import { type Extras, Session } from './session.js';
import { UnitScope } from './unit-scope.js';

/** Declares everything of all units. */
export function newSession(loaded: Loaded, extras: Extras, partial = false, open = false): Session {
  const session = new Session(extras, partial, undefined, open);
  addUnits(session, loaded.units, addPrelude(session, loaded));
  return session;
}

export function addPrelude(session: Session, { prelude }: Pick<Loaded, 'prelude'>): UnitScope | undefined {
  const scope = prelude && new UnitScope(session, prelude, 'model', undefined, true);
  if (scope) addUnit(session, scope);
  return scope;
}

export function addUnits(
  session: Session,
  units: readonly LoadedUnit[],
  prelude: UnitScope | undefined,
): void {
  for (const { unit, origin } of units) addUnit(session, new UnitScope(session, unit, origin, prelude));
}
