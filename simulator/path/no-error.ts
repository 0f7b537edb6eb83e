import type { Fn, Instruction, Operand, Program } from '../vm/program.js';

const known = new WeakMap<Fn, boolean>();

/**
 * Whether a function answers with a pointer that is never an error: NULL, or what it has found in memory. Nothing in it
 * makes an error, or hands one on.
 */
export function neverError(program: Program, fn: Fn): boolean {
  const before = known.get(fn);
  if (before !== undefined) return before;
  // Who calls itself hands on what the others of its answers are.
  known.set(fn, true);
  const answer = fn.result === 'pointer' && answersOf(program, fn);
  known.set(fn, answer);
  return answer;
}

/** Follows what is returned back to where it comes from. */
function answersOf(program: Program, { code, parameters }: Fn): boolean {
  const open = new Set<Operand>();
  for (const i of code) if (i.op === 'return' && i.a !== undefined) open.add(i.a);
  const inFrame = new Set(code.flatMap((i) => (i.op === 'local' ? [i.d] : [])));
  for (const operand of open) {
    if (operand < 0 && isError(program, operand)) return false;
    if (operand >= 0 && operand < parameters) return false;
    for (const i of code) {
      if (operand < 0 || !('d' in i) || i.d !== operand) continue;
      const from = sourcesOf(program, i, inFrame);
      if (!from) return false;
      for (const each of from) open.add(each);
    }
  }
  return true;
}

/** What an instruction makes its value of; undefined when that may be an error whatever they are. */
function sourcesOf(
  program: Program,
  i: Instruction,
  inFrame: ReadonlySet<number>,
): readonly Operand[] | undefined {
  switch (i.op) {
    case 'move':
      return [i.a];
    case 'convert':
      return /64$/.test(i.from) ? [i.a] : undefined;
    case 'binary':
      return i.f === 'add' || i.f === 'sub' ? [i.a] : i.f === 'and' ? [] : undefined;
    case 'load':
      // A variable may hold anything.
      return /64$/.test(i.type) && !inFrame.has(i.address) ? [] : undefined;
    case 'local':
      return [];
    case 'call':
      return neverError(program, program.functions[i.callee] as Fn) ? [] : undefined;
    default:
      return undefined;
  }
}

function isError({ constants }: Program, operand: Operand): boolean {
  const value = BigInt.asIntN(64, constants[~operand] as bigint);
  return value < 0n && value >= -4095n;
}
