import type { Fn, Instruction, Operand, Program } from '../vm/program.js';
import { bytesOf } from './access.js';
import { readLockName } from './lock-name.js';

/** What is written behind an address: so many bytes at each offset. */
export type Written = ReadonlyMap<number, number>;

const nothing: Written = new Map();

const known = new WeakMap<Fn, readonly (Written | undefined)[]>();

/** Calls into one another, and copies of copies, beyond which anything may be written. */
const mostDeep = 30;

/**
 * Of each parameter of a function, what the function writes through it; undefined: anything, since others get it too.
 * What stands in there may be handed on.
 */
export function writtenBy(program: Program, fn: Fn, depth = 0): readonly (Written | undefined)[] {
  const before = known.get(fn);
  if (before) return before;
  // Who calls itself may write anything.
  known.set(fn, []);
  const copies = copiesOf(program, fn);
  if (!copies || depth > mostDeep || fn.code.some(isUnread)) return [];
  const written: (Map<number, number> | undefined)[] = Array.from({ length: fn.parameters }, () => new Map());
  for (const i of fn.code)
    for (const { operand, what } of uses(program, i, depth))
      for (const [parameter, at] of copies[operand] ?? []) add(written, parameter, at, what);
  known.set(fn, written);
  return written;
}

/** What these write stands at their first argument; what they read there, and at the others, they leave alone. */
const copying = new Set([
  'memcpy',
  'memmove',
  'memset',
  'strcpy',
  'strncpy',
  'strscpy',
  'snprintf',
  'sprintf',
]);

/** Who locks something says what became of it, or keeps a word for who unlocks it, where the caller says. */
export const keeping: Written = new Map([[0, 8]]);

/** Who puts something into a list, or takes it out, writes two pointers of it. */
const linking: Written = new Map([[0, 16]]);
const links = /^(h?list_(bl_)?(add|del|move|replace)(_|$)|INIT_H?LIST_(HEAD|NODE)$)/;

/** The same of a function of the kernel that is no part of the program; nothing is known of most. */
export function writtenAs(name: string, args: readonly unknown[]): readonly (Written | undefined)[] {
  if (links.test(name)) return args.map(() => linking);
  const does = readLockName(name)?.does;
  const others = copying.has(name) || does === 'release' ? nothing : does === 'acquire' ? keeping : undefined;
  return args.map((_, n) => (n === 0 ? undefined : others));
}

function isUnread(i: Instruction): boolean {
  return i.op === 'guess' && i.reason.includes('cannot be lowered');
}

function add(
  all: (Map<number, number> | undefined)[],
  parameter: number,
  at: Place,
  what: Written | undefined,
) {
  const written = all[parameter];
  if (!written || what?.size === 0) return;
  if (at === 'somewhere' || !what) all[parameter] = undefined;
  else
    for (const [offset, size] of what)
      written.set(at + offset, Math.max(size, written.get(at + offset) ?? 0));
}

/** How far behind what a parameter points to. */
type Place = number | 'somewhere';

/** By register: the parameters of which it may hold a copy, or a place in what they point to. */
function copiesOf(
  program: Program,
  { code, registers, parameters }: Fn,
): ReadonlyMap<number, Place>[] | undefined {
  const copies = Array.from(
    { length: registers },
    (_, n) => new Map<number, Place>(n < parameters ? [[n, 0]] : []),
  );
  for (let rounds = 0; rounds < mostDeep; rounds++) {
    let news = false;
    for (const i of code) {
      const to = 'd' in i ? copies[i.d] : undefined;
      if (!to) continue;
      for (const { from, by } of computedFrom(program, i))
        for (const [parameter, at] of copies[from] ?? []) if (put(to, parameter, moved(at, by))) news = true;
    }
    if (!news) return copies;
  }
  return undefined;
}

function put(to: Map<number, Place>, parameter: number, at: Place): boolean {
  const before = to.get(parameter);
  if (before === at || before === 'somewhere') return false;
  to.set(parameter, before === undefined ? at : 'somewhere');
  return true;
}

const moved = (at: Place, by: Place): Place =>
  at === 'somewhere' || by === 'somewhere' ? 'somewhere' : at + by;

function computedFrom({ constants }: Program, i: Instruction): readonly { from: Operand; by: Place }[] {
  if (i.op === 'move' || i.op === 'convert') return [{ from: i.a, by: 0 }];
  if (i.op === 'unary') return [{ from: i.a, by: 'somewhere' }];
  if (i.op !== 'binary') return [];
  const by = i.f === 'add' && i.b < 0 ? Number(constants[~i.b]) : 'somewhere';
  return [
    { from: i.a, by },
    { from: i.b, by: 'somewhere' },
  ];
}

/** What becomes of operands: what is written through them, or that others get them who may write anything. */
function uses(
  program: Program,
  i: Instruction,
  depth: number,
): readonly { operand: Operand; what?: Written | undefined }[] {
  switch (i.op) {
    case 'store':
      return [{ operand: i.address, what: new Map([[i.offset, bytesOf(i.type)]]) }, { operand: i.a }];
    case 'copy':
      return [{ operand: i.to }];
    case 'clear':
      return [{ operand: i.address }];
    case 'return':
      return i.a === undefined ? [] : [{ operand: i.a, what: nothing }];
    case 'call': {
      const written = writtenBy(program, program.functions[i.callee] as Fn, depth + 1);
      return i.args.map((operand, n) => ({ operand, what: written[n] }));
    }
    case 'callIndirect':
    case 'unknown':
    case 'intrinsic':
      return i.args.map((operand) => ({ operand }));
    default:
      return [];
  }
}
