/**
 * Kernel code from before the patch (a port; adapters: folder, git repository, tarball, built-in baseline).
 *
 * `at` names a state within the tree: a commit of a git repository, an era of the baseline. Folders and
 * tarballs have one state and ignore it. Absent means the state that the tree shows by itself (HEAD).
 * Methods throw an `Error` with a cause only when the tree itself is broken or an entry exceeds a limit.
 */
export interface Tree {
  /** As the user named it. */
  name: string;
  /** The list or the word of a subject that this tree is for; absent for one that serves all. */
  for?: string;
  kind: 'folder' | 'git' | 'tarball' | 'baseline';
  /** The text of a file; undefined when the tree has no such regular file. */
  read(path: string, at?: string): Promise<string | undefined>;
  /** The same as bytes, for hashing and for git. */
  readBytes(path: string, at?: string): Promise<Buffer | undefined>;
  /**
   * States worth trying when nothing says which one a patch was made for, best first, bounded. `date` (ISO 8601)
   * is the day of the patch: the state nearest to it comes first.
   */
  states(paths: string[], date?: string): Promise<TreeState[]>;
  /** Git only: every blob whose id begins with `id`. */
  blobs?(id: string): Promise<Buffer[]>;
  /** Git only: the full id of a commit, undefined when the repository does not have it. */
  commit?(name: string): Promise<string | undefined>;
  /** Git only: a commit in which `path` is the blob that `id` abbreviates. */
  commitWith?(path: string, id: string): Promise<string | undefined>;
  /** Git only: the newest commits of HEAD and of anything that were made by `date` (ISO 8601), bounded. */
  madeBy?(date: string): Promise<string[]>;
  /** Git only: of these patch ids those that commits near `date` have, newest commit first, bounded. */
  patchIds?(
    ids: string[],
    paths: string[],
    date: string | undefined,
  ): Promise<{ id: string; commit: string }[]>;
  /** Ends child processes; the tree can no longer be read. */
  close(): Promise<void>;
}

export interface TreeState {
  /** For a reader: `HEAD`, `v6.12`, `xarray`. */
  label: string;
  at: string | undefined;
}
