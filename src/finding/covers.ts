/** How far Faultline understands one function of a tree. */
export interface FunctionCover {
  function: string;
  line: number;
  /** The C front end turned it into a program. */
  lowered: boolean;
  /** Some race's scenario executes it. */
  modelled: boolean;
  /** Races that execute it. */
  races: string[];
  /** Why not; null when it is lowered and modelled. */
  why: string | null;
}

export interface FileCover {
  file: string;
  functions: FunctionCover[];
  /** What could not be parsed outside functions. */
  problems: string[];
}

/** What `faultline covers` answers. */
export interface CoversReport {
  version: 1;
  target: string;
  files: FileCover[];
}
