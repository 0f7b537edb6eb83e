/** A preprocessing token: what lex writes, preprocess transforms and parse reads. */
export interface Token {
  kind: 'name' | 'number' | 'string' | 'char' | 'punctuator' | 'end';
  /** As spelled, quotes included. */
  text: string;
  file: string;
  /** Of a token out of a macro's body: the line of the macro's use. */
  line: number;
  /** White space stands before it on its line. */
  space: boolean;
  /** The first of its logical line: only here a `#` begins a directive. */
  start: boolean;
  /** It was met inside its own macro's expansion and is never expanded again. */
  hide: boolean;
}

/** A reason and where; the form in which every stage of the front end says what it could not do. */
export interface Problem {
  reason: string;
  line: number;
}

/** The token that stands after the last one. */
export function endToken(file: string, line: number): Token {
  return { kind: 'end', text: '', file, line, space: true, start: true, hide: false };
}

/** A number token written in place of `at`, as the operators of the preprocessor leave it. */
export function numberToken(value: bigint | number, at: Token): Token {
  return { ...at, kind: 'number', text: String(value), hide: false };
}
