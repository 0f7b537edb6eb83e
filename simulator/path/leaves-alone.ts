import type { Fn, Instruction, Operand, Program } from '../vm/program.js';

const known = new WeakMap<Fn, readonly boolean[]>();

/** Calls into one another, and copies of copies, beyond which nothing is taken to be left alone. */
const mostDeep = 30;

/**
 * Of each parameter of a function, whether what it points to is as it was when the function has returned: nothing is
 * written through it, and nobody gets it who is not known to leave it alone. What stands in there may be handed on.
 */
export function leavesAlone(program: Program, fn: Fn, depth = 0): readonly boolean[] {
  const before = known.get(fn);
  if (before) return before;
  // Who calls itself is taken to write.
  known.set(fn, []);
  const copies = copiesOf(fn);
  if (!copies || depth > mostDeep || fn.code.some(isUnread)) return [];
  const given = new Set<number>();
  for (const i of fn.code)
    for (const operand of givesAway(program, i, depth))
      for (const each of copies[operand] ?? []) given.add(each);
  const alone = Array.from({ length: fn.parameters }, (_, n) => !given.has(n));
  known.set(fn, alone);
  return alone;
}

function isUnread(i: Instruction): boolean {
  return i.op === 'guess' && i.reason.includes('cannot be lowered');
}

/** By register: the parameters of which it may hold a copy, or a place in what they point to. */
function copiesOf({ code, registers, parameters }: Fn): readonly ReadonlySet<number>[] | undefined {
  const copies = Array.from({ length: registers }, (_, n) => new Set(n < parameters ? [n] : []));
  for (let rounds = 0; rounds < mostDeep; rounds++) {
    let news = false;
    for (const i of code) {
      const to = 'd' in i ? copies[i.d] : undefined;
      if (!to) continue;
      const { size } = to;
      for (const from of computedFrom(i)) for (const each of copies[from] ?? []) to.add(each);
      news ||= to.size > size;
    }
    if (!news) return copies;
  }
  return undefined;
}

function computedFrom(i: Instruction): readonly Operand[] {
  if (i.op === 'binary') return [i.a, i.b];
  return i.op === 'move' || i.op === 'unary' || i.op === 'convert' ? [i.a] : [];
}

/** Operands that are written through, or that others get who may write through them. */
function givesAway(program: Program, i: Instruction, depth: number): readonly Operand[] {
  switch (i.op) {
    case 'store':
      return [i.address, i.a];
    case 'copy':
      return [i.to];
    case 'clear':
      return [i.address];
    case 'return':
      return i.a === undefined ? [] : [i.a];
    case 'call': {
      const alone = leavesAlone(program, program.functions[i.callee] as Fn, depth + 1);
      return i.args.filter((_, n) => alone[n] !== true);
    }
    case 'callIndirect':
    case 'unknown':
    case 'intrinsic':
      return i.args;
    default:
      return [];
  }
}
