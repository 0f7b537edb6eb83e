/** What an alignment has to reach, at least. */
export interface Threshold {
  fit: number;
  margin: number;
  /** Of what was found, by weight: what three lines say stands in more than one function. */
  mass: number;
}

/**
 * How a hunk's function is known, and what its place has to reach then; below that it is a guess. The figures
 * are measured by laying hunks of one era on another (`test/code/graft/margin.test.ts` prints them): hunks
 * whose function is known go wrong below a fit of 0.5, and those that go wrong above it do not compile.
 * Without a name the loops of two functions look so alike that only a long hunk tells them apart; a label of
 * its own in the function stands in for some of that.
 */
export const thresholds = {
  named: { fit: 0.5, margin: 0.1, mass: 0 },
  labelled: { fit: 0.8, margin: 0.2, mass: 3 },
  unnamed: { fit: 0.9, margin: 0.2, mass: 7 },
  /** Without a name, but with nothing like it anywhere else in the file: a short hunk is enough. */
  alone: { fit: 0.95, margin: 0.7, mass: 3 },
} as const satisfies Record<string, Threshold>;

export function isClear({ fit, margin, mass }: Threshold, least: Threshold): boolean {
  return fit >= least.fit && margin >= least.margin && mass >= least.mass;
}
