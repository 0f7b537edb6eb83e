import { constantName, isTerm, type Term, type Value } from './term.js';

/**
 * Whether bits that nobody declares are asked for in what is computed of others of them: `(A | B) & C` has one answer
 * only, and that of `(mode | A) & C` hangs together with that of `mode & C`.
 */
export function areFlags(asked: Value): boolean {
  if (!isTerm(asked) || asked.shape.kind !== 'binary' || asked.shape.f !== 'and') return false;
  const { a, b } = asked.shape;
  const isMask = (value: Value) => isTerm(value) && value.symbols.every(isConstant);
  const isMade = (value: Value) => isTerm(value) && (value.shape.kind === 'binary' || isConstant(value));
  return (isMask(a) && isMade(b)) || (isMask(b) && isMade(a));
}

const isConstant = (symbol: Term): boolean => constantName(symbol) !== undefined;
