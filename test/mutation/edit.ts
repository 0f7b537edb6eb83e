/** Which of the places that fit: 0 is the first, -1 the last. */
export type Which = number | 'all';

/** A statement, by a call that stands in it. */
export interface Anchor {
  call: string;
  nth?: Which;
}

/**
 * One thing done to the text of a function. It names identifiers and never quotes code, so that a mutant can
 * be kept without the text it is made of. `by` and arguments are one identifier or number each.
 */
export type Edit =
  /** The statement with that call goes. */
  | ({ do: 'delete' } & Anchor)
  /** The statement with that call stands there twice. */
  | ({ do: 'repeat' } & Anchor)
  /** The statement with that call moves before or behind the one with another call. */
  | ({ do: 'move'; side: 'before' | 'behind'; to: Anchor } & Anchor)
  /** Calls are made, each with that one argument, before or behind the statement with a call. */
  | ({ do: 'insert'; calls: string[]; argument: string; side: 'before' | 'behind' } & Anchor)
  /** The condition in which an identifier stands is always true (1) or false (0). */
  | { do: 'decide'; names: string; nth?: Which; as: 0 | 1 }
  /** The condition in which an identifier stands is turned round. */
  | { do: 'negate'; names: string; nth?: Which }
  /** Something else stands in the place of a call and its arguments. */
  | ({ do: 'answer'; by: string } & Anchor)
  /** Another function is called with the same arguments. */
  | ({ do: 'redirect'; by: string } & Anchor)
  /** One argument of a call is another one. */
  | ({ do: 'argue'; position: number; by: string } & Anchor)
  /** An identifier is another one. */
  | { do: 'rename'; identifier: string; nth?: Which; by: string };

/** What could not be edited, and why. */
export interface Refused {
  refused: string;
}
