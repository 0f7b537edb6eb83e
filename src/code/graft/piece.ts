/**
 * A statement, or a part of one that stands for itself: the head of a branch or a loop, a brace, a label, the
 * head of a function. Comments and layout do not count.
 */
export interface Piece {
  kind: 'open' | 'close' | 'head' | 'else' | 'label' | 'directive' | 'statement' | 'function';
  tokens: string[];
  /** The tokens with one blank between them: what makes two pieces the same. */
  text: string;
  /** It begins in the first column, as what stands outside of functions does. */
  margin: boolean;
  /** Offsets in the text that it was cut from. */
  start: number;
  end: number;
}

/** Bounds on what a stranger's hunk may ask for: comparing is quadratic. */
export const graftLimit = {
  /** Characters of one side of a hunk. */
  hunkText: 100_000,
  /** Pieces of one side of a hunk. */
  pieces: 1500,
  /** Tokens of a piece that are compared; what lies behind them has to be the same. */
  tokens: 200,
  /** Changes of one hunk in one function of which every combination of sides is tried. */
  groups: 4,
  /** Hunks of one file. */
  hunks: 200,
} as const;

/** The name that a function's head declares. */
export function declaredName(tokens: readonly string[]): string | undefined {
  const at = tokens.indexOf('(');
  const name = tokens[at - 1];
  return name !== undefined && /^[A-Za-z_]\w*$/.test(name) ? name : undefined;
}

/** Declares a variable: a second one of the same name cannot stand in the function. */
export function isDeclaration({ kind, text }: Piece): boolean {
  return kind === 'statement' && /^(?!return |goto )(?:\w+ )+(?:\* )*[A-Za-z_]\w* (?:=|;|,|\[)/.test(text);
}
