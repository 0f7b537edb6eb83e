/** What one source may cost. The text of a patch is hostile: over a limit is a problem, never a hang. */
export interface Limits {
  /** Characters of one file. */
  fileLength: number;
  /** Characters of one line. */
  lineLength: number;
  /** Tokens that macros may read and produce for one unit, those thrown away again included. */
  macroTokens: number;
  /** Macro arguments expanded inside macro arguments. */
  macroDepth: number;
  includeDepth: number;
  /** Problems recorded; the rest is dropped. */
  problems: number;
}

export const defaultLimits: Limits = {
  fileLength: 3_000_000,
  lineLength: 100_000,
  macroTokens: 2_000_000,
  macroDepth: 100,
  includeDepth: 40,
  problems: 1000,
};
