/** What a long run tells while it works; `done` of `of` when that is known. */
export interface Progress {
  what: string;
  done: number;
  of: number | null;
}

/** What every analysis may be asked for. Absent means the default. */
export interface AnalysisOptions {
  /** Folders, git repositories or tarballs to take code from, tried in this order. */
  trees: string[];
  /** Ids of races; empty means all. */
  races: string[];
  /** At most this many threads, 2 to 4. */
  threads?: number;
  /** States allowed for each exploration. */
  budget?: number;
  /** Every shared access is a scheduling point. */
  full: boolean;
  /** Kernel configuration: `CONFIG_FS_DAX` -> `y`, `n`, `m` or a value. */
  config: Map<string, string>;
  /** Races that are searched at a time, each on a thread of this machine; absent: one. */
  jobs?: number;
  /** Work shorter than this is done by one thread; absent: what was measured to be best. */
  aloneMs?: number;
  onProgress?: (progress: Progress) => void;
}

export interface ReviewOptions extends AnalysisOptions {
  /** The Message-ID of the mail that is meant among those of the input. */
  wanted?: string;
}

export interface ReplayOptions extends AnalysisOptions {
  /** The patch that the witness's `after` side needs: its bytes as given. */
  patch?: Buffer;
  /** The Message-ID of the mail that is meant among those of the patch. */
  wanted?: string;
}
