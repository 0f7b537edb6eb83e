import type { FilePatch, Patch } from './patch.js';
import type { Tree } from './tree.js';

/**
 * `previous`: the files that the patch before it in its series left behind. `graft`: the baseline, with the
 * hunks laid where they belong.
 */
export type BaseMethod =
  | 'blob'
  | 'base-commit'
  | 'prerequisite'
  | 'date'
  | 'applies'
  | 'folder'
  | 'tarball'
  | 'baseline'
  | 'graft'
  | 'previous'
  | 'none';

/** What kept a patch from applying; `not-there`: the tree has no such commit, blob or state to try. */
export type MisfitKind =
  | 'not-there'
  | 'missing-file'
  | 'context-differs'
  | 'already-applied'
  | 'whitespace-damaged'
  | 'malformed';

/** One way of finding the code before the patch, and what came of it. */
export interface BaseTry {
  method: BaseMethod;
  tree: string;
  /** `found`, or why not, as one line. */
  outcome: string;
  /** The commit that was tried, when the state is one. */
  commit?: string;
  /** Absent when it was found. */
  kind?: MisfitKind;
  /** 1-based place in the series of the first patch that did not apply. */
  patch?: number;
  file?: string;
  /** 1-based number of the hunk that did not apply. */
  hunk?: number;
}

/** The state of the code before a patch, and how it was found. */
export interface Base {
  /** Of the try that succeeded; `none` when none did. */
  method: BaseMethod;
  /** The commit, when the state is one. */
  commit?: string;
  /** The name of the tree; empty when there is none. */
  tree: string;
  /** What `Tree.read` takes to show the rest of this state. */
  at?: string;
  /** The state for a reader: `HEAD`, `v4.11`, `xarray`. */
  label?: string;
  /** Faultline's own words for the kernel's code, not the reader's tree. */
  baseline: boolean;
  /** Every file before the patch is byte for byte the one that the `index` lines name. */
  exact: boolean;
  /** How well the patch fits where it was laid, at most 1; for a refused one how far it came. */
  fit?: number;
  tries: BaseTry[];
}

/** The files before and after one patch. */
export interface Change {
  patch: Patch;
  base: Base;
  /** Text by path of every file that the patch reads; an added file is absent. */
  before: Map<string, string>;
  /** Text by path of the same files and the added ones; a deleted file is absent. */
  after: Map<string, string>;
  files: FilePatch[];
  /** Files of the patch that are in neither map, each with the reason. */
  leftOut: { path: string; why: string }[];
  /** Any file as it is before this patch, what earlier patches of the series did included. */
  around: (path: string) => Promise<string | undefined>;
  /** `unplaced`: there is only the baseline, and no clear place for the patch on it. */
  status: 'applied' | 'not-applied' | 'unplaced';
  /** One clear line when it was not applied or not placed: which file, which hunk, why. */
  why?: string;
  /** The same patch on other eras of the baseline, where nothing in it tells for which of them it was made. */
  rivals?: Change[];
}

/**
 * The last resort without a tree: where a patch does not apply literally to an era of the baseline, lays it
 * where it belongs. Undefined when the change is right as it is.
 */
export type Graft = (change: Change, era: Tree) => Promise<Change | undefined>;
