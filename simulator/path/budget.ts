/** How much of a function is looked at; what is over is not analysed, and never clean. */
export interface PathBudget {
  /** Ends, merges and dead ends of paths together. */
  paths: number;
  steps: number;
  /** How deep functions of the file are entered. */
  depth: number;
}

export const defaultPathBudget: PathBudget = { paths: 10_000, steps: 500_000, depth: 8 };

/** Branches that may be decided on one path. */
export const mostTaken = 1500;
