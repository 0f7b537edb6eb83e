/**
 * What a scenario showed on one version of the code. `holds` is bounded by `bound` and the assumptions told
 * beside it; `absent` means that the functions it needs do not exist there.
 */
export type Verdict = 'holds' | 'violated' | 'not-analysed' | 'absent';

/** Where something is, in the version of the file that was executed. */
export interface Place {
  file: string;
  /** 1-based; 0 when only the function is known. */
  line: number;
  function: string;
}
