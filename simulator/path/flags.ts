import type { Fn, Instruction, Program } from '../vm/program.js';
import { readLockName } from './lock-name.js';
import type { Frame } from './state.js';
import { constantName, isTerm, type Term, type Value } from './term.js';
import type { Walk } from './walk.js';

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

type Branch = Extract<Instruction, { op: 'branch' }>;

/** Whether a function that unlocks for its caller decides by this, which nobody knows, what it unlocks. */
export function isOfMode(walk: Walk, { fn, serial }: Frame, { then, else: otherwise }: Branch): boolean {
  if (serial === 1 || readLockName(fn.name)?.does !== 'release') return false;
  const flow = walk.flowOf(fn);
  return releasesOf(walk.around.program, fn).some(
    (at) => flow.reaches(then, at, -1) !== flow.reaches(otherwise, at, -1),
  );
}

const known = new WeakMap<Fn, readonly number[]>();

/** Where a function calls what unlocks something, by its name. */
function releasesOf({ functions }: Program, fn: Fn): readonly number[] {
  const nameOf = (i: Instruction) =>
    i.op === 'unknown' ? i.name : i.op === 'call' ? functions[i.callee]!.name : '';
  const releases = (i: Instruction) => readLockName(nameOf(i))?.does === 'release';
  const all = known.get(fn) ?? fn.code.flatMap((i, at) => (releases(i) ? [at] : []));
  known.set(fn, all);
  return all;
}

const isConstant = (symbol: Term): boolean => constantName(symbol) !== undefined;
