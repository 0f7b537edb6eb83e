import type { Message } from '../mail/message.js';

export interface HunkLine {
  kind: 'context' | 'delete' | 'add';
  /** Without the first column and without the line end. */
  text: string;
  /** 1-based line of the old file; undefined for an added line. */
  oldLine: number | undefined;
  /** 1-based line of the new file; undefined for a deleted line. */
  newLine: number | undefined;
  /** 1-based line of `Patch.text`. */
  at: number;
  /** `\ No newline at end of file` follows. */
  noNewline: boolean;
}

export interface Hunk {
  /** 1-based within its file. */
  number: number;
  oldStart: number;
  oldLines: number;
  newStart: number;
  newLines: number;
  /** What git wrote behind the second `@@`. It may name a label instead of a function. */
  section: string;
  lines: HunkLine[];
  /** 1-based line of `Patch.text` that holds the `@@`. */
  at: number;
}

/** `link`: a symbolic link or a submodule. Neither it nor a binary file is applied. */
export type FileKind = 'modify' | 'add' | 'delete' | 'rename' | 'copy' | 'binary' | 'link';

/** What one patch does to one file. Paths are relative to the tree, decoded, and checked to stay inside it. */
export interface FilePatch {
  kind: FileKind;
  /** The path before and after; the same for most files. */
  oldPath: string;
  newPath: string;
  /** Blob ids of the `index` line, often abbreviated, lower case; undefined when absent. */
  oldBlob: string | undefined;
  newBlob: string | undefined;
  /** Octal, as git writes it: `100644`. */
  oldMode: string | undefined;
  newMode: string | undefined;
  /** Per cent, for renames and copies. */
  similarity: number | undefined;
  hunks: Hunk[];
  /** This file's part of the diff, header lines included, each line ended by `\n`. */
  text: string;
  /** 1-based line of `Patch.text` where `text` begins. */
  at: number;
}

export type ProblemKind =
  | 'no-patch'
  | 'malformed'
  | 'truncated'
  | 'whitespace-damaged'
  | 'too-large'
  | 'unsafe-path'
  | 'not-a-file'
  | 'combined'
  | 'binary';

/** An oddity of a diff. A fatal one makes the patch unusable; the others are told and the rest goes on. */
export interface Problem {
  kind: ProblemKind;
  fatal: boolean;
  file: string | undefined;
  /** 1-based within its file. */
  hunk: number | undefined;
  /** 1-based line of the body. */
  line: number | undefined;
  /** One clear line, complete in itself. */
  reason: string;
}

/** The diff of one message. */
export interface Patch {
  message: Message;
  /** The text above the `---` line. */
  commitMessage: string;
  /** The `base-commit:` trailer, lower case. */
  baseCommit: string | undefined;
  /** The `prerequisite-patch-id:` trailers. */
  prerequisites: string[];
  files: FilePatch[];
  problems: Problem[];
  /** What was done to make a damaged diff whole, each as a clause; empty for a diff that is as it was sent. */
  repairs: string[];
  /**
   * The text of a diff whose lost first column only the files before the patch can tell; `files` then have
   * names but not all of their hunks, and a fatal problem says why.
   */
  undecided: string | undefined;
  /** Leading path components that `git apply` must strip. */
  strip: 0 | 1;
  /** The parts of all files in order: what `git apply` reads, and what `at` counts lines in. */
  text: string;
}

/** The first problem that makes the patch unusable. */
export function fatalProblem(patch: Patch): Problem | undefined {
  return patch.problems.find((problem) => problem.fatal);
}

/** Whether nothing can be made of a patch, not even with the files before it at hand. */
export function isUnusable(patch: Patch): boolean {
  return patch.undecided === undefined && fatalProblem(patch) !== undefined;
}

/** Whether the white space of a patch says nothing any more. */
export function isDamaged(patch: Patch): boolean {
  return patch.undecided !== undefined || patch.repairs.length > 0;
}

/** Why one of these patches cannot be used, as one line that says which; undefined when all can. */
export function whyUnusable(patches: readonly Patch[]): string | undefined {
  const at = patches.findIndex(isUnusable);
  if (at < 0) return undefined;
  const { reason } = fatalProblem(patches[at]!)!;
  return patches.length === 1 ? reason : `patch ${at + 1} of ${patches.length} in the input: ${reason}`;
}
