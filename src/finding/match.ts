/** An entry of the catalogue that fits what was reported. */
export interface MatchedRace {
  race: string;
  rule: string;
  title: string;
  seen: string | null;
  fixed: string | null;
  advice: string | null;
  /** Why it is told, one sentence each without a full stop; the weightiest first. */
  why: string[];
}

/** What a report shows, as far as it could be read. */
export interface MatchReport {
  version: 1;
  /** What went wrong, in the kernel's own terms: `NULL pointer dereference`; empty for a text without a report. */
  symptoms: string[];
  /** Functions of the call traces, innermost first; of a text without any, those that it names with `()`. */
  functions: string[];
  /** The kernel that reported it; null when it does not say. */
  kernel: string | null;
  /** Best first, a few; empty when nothing fits. */
  matches: MatchedRace[];
}
