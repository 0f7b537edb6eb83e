/** One line of the table: what was measured here, and the same of a peer where there is one. */
export interface Row {
  name: string;
  /** Null: it could not be measured; the name says why. */
  ours: number | null;
  theirs: number | null;
  unit: string;
  /** How many times better ours is: quicker in `ms`, fewer `states met`, more in units per second. Null without a peer. */
  ratio: number | null;
  peer: string | null;
}

/** A figure without a peer. */
export function alone(name: string, ours: number | null, unit: string): Row {
  return { name, ours, theirs: null, unit, ratio: null, peer: null };
}

/** A figure beside a peer's. */
export function beside(name: string, ours: number, theirs: number | null, unit: string, peer: string): Row {
  const isCost = unit === 'ms' || unit === 'states met';
  const ratio = theirs === null ? null : isCost ? theirs / ours : ours / theirs;
  return { name, ours, theirs, unit, ratio, peer };
}
