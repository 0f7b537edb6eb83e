/** A change of which history says what it did. */
export interface Case {
  id: string;
  kind: 'race' | 'benign';
  /** Rules and functions of which one must be told; empty for a benign change. */
  rules: string[];
  functions: string[];
  /** Rules of what the fix itself opened, says history. */
  alsoIntroduces: string[];
  graded: boolean;
  /** Folders with whole files at their kernel paths. */
  pre: string;
  post: string;
  /** From pre to post, and from post to pre. */
  patch: Buffer;
  reverse: Buffer;
}
