import type { Instruction, Operand } from '../../vm/program.js';
import type { FunctionSymbol } from '../symbol.js';
import { type Body, firstTemporary, type Order, type Pooled } from './body.js';

/** A function as code that still names what it calls and uses: `callee` and constants index the lists here. */
export interface Lowered {
  symbol: FunctionSymbol;
  code: Instruction[];
  /** Lines of jumps that were written and are part of a branch, by its instruction and way. */
  passed: ReadonlyMap<number, readonly (readonly number[])[]>;
  parameters: number;
  registers: number;
  frame: number;
  /** Where each object of the frame begins. */
  objects: number[];
  names: (string | undefined)[];
  pool: Pooled[];
  callees: FunctionSymbol[];
  /** In the order in which the code comes to them: constants as `~n` of the pool, callees as `n`. */
  order: number[];
  /** Names that it calls and nobody has. */
  unknown: string[];
  failure: { reason: string; line: number } | undefined;
  orders: readonly Order[];
  problems: { line: number; reason: string }[];
}

/** Resolves labels, drops what nothing reaches, numbers temporaries behind the locals. */
export function finish(body: Body, failure: Lowered['failure']): Lowered {
  const { code, passed } = compact(body);
  const names = renumber(code, body.names.length);
  const hidden = body.resultAddress === undefined ? 0 : 1;
  return {
    symbol: body.symbol,
    code,
    passed,
    parameters: body.symbol.type ? body.symbol.type.parameters.length + hidden : body.names.length,
    registers: body.names.length + body.temporaries,
    frame: body.frame,
    objects: body.objects,
    names: body.names,
    pool: body.pool,
    callees: body.callees,
    ...names,
    failure,
    orders: body.orders,
    problems: body.problems,
  };
}

/** Numbers the temporaries behind the locals, and lists what the code names on the way. */
function renumber(code: readonly Instruction[], locals: number): Pick<Lowered, 'order' | 'unknown'> {
  const order = new Set<number>();
  const unknown: string[] = [];
  const number = (operand: Operand) => {
    if (operand < 0) order.add(operand);
    return operand >= firstTemporary ? operand - firstTemporary + locals : operand;
  };
  for (const instruction of code) {
    mapOperands(instruction, number);
    if (instruction.op === 'call') order.add(instruction.callee);
    if (instruction.op === 'unknown') unknown.push(instruction.name);
  }
  return { order: [...order], unknown };
}

function compact(body: Body): Pick<Lowered, 'code' | 'passed'> {
  const { code } = body;
  // All before any is replaced: instructions name labels until then.
  const targets = body.labels.map((_, label) => follow(body, label));
  const target = (label: number) => targets[label]!.at;
  const reached = reach(code, target);
  const place = new Int32Array(code.length + 1);
  let count = 0;
  for (let at = 0; at < code.length; at++) {
    place[at] = count;
    if (reached[at] && !isIdleJump(code, at, target, reached)) count++;
  }
  const kept: Instruction[] = [];
  const passed = new Map<number, number[][]>();
  for (let at = 0; at < code.length; at++) {
    if (!reached[at] || isIdleJump(code, at, target, reached)) continue;
    const lines = successors(code[at]!, at).labels.map((label) => targets[label]!.lines);
    if (code[at]!.op !== 'jump' && lines.some((way) => way.length > 0)) passed.set(kept.length, lines);
    retarget(code[at]!, (label) => place[target(label)]!);
    kept.push(code[at]!);
  }
  return { code: kept, passed };
}

/** The instruction a label stands for, past jumps that only go on; a loop of jumps ends somewhere in it. */
function follow(body: Body, label: number): { at: number; lines: number[] } {
  let at = body.labels[label]!;
  const lines: number[] = [];
  for (let hops = 0; hops < 20; hops++) {
    const instruction = body.code[at];
    if (instruction?.op !== 'jump') break;
    const next = body.labels[instruction.to]!;
    if (next === at) break;
    if (body.written.has(instruction)) lines.push(instruction.line);
    at = next;
  }
  return { at, lines };
}

function successors(instruction: Instruction, at: number): { next: number | undefined; labels: number[] } {
  switch (instruction.op) {
    case 'jump':
      return { next: undefined, labels: [instruction.to] };
    case 'branch':
      return { next: undefined, labels: [instruction.then, instruction.else] };
    case 'switch':
      return { next: undefined, labels: [...instruction.cases.map(([, to]) => to), instruction.otherwise] };
    case 'return':
      return { next: undefined, labels: [] };
    default:
      return { next: at + 1, labels: [] };
  }
}

function reach(code: Instruction[], target: (label: number) => number): Uint8Array {
  const reached = new Uint8Array(code.length + 1);
  const open = [0];
  while (open.length > 0) {
    const at = open.pop()!;
    if (reached[at] || at >= code.length) continue;
    reached[at] = 1;
    const { next, labels } = successors(code[at]!, at);
    if (next !== undefined) open.push(next);
    for (const label of labels) open.push(target(label));
  }
  return reached;
}

/** A jump to what follows anyway. */
function isIdleJump(
  code: Instruction[],
  at: number,
  target: (label: number) => number,
  reached: Uint8Array,
): boolean {
  const instruction = code[at]!;
  if (instruction.op !== 'jump') return false;
  const to = target(instruction.to);
  if (to <= at) return false;
  for (let between = at + 1; between < to; between++) if (reached[between]) return false;
  return true;
}

function retarget(instruction: Instruction, place: (label: number) => number): void {
  switch (instruction.op) {
    case 'jump':
      instruction.to = place(instruction.to);
      break;
    case 'branch':
      // biome-ignore lint/suspicious/noThenProperty: one of the two ways of a branch; no promise.
      instruction.then = place(instruction.then);
      instruction.else = place(instruction.else);
      break;
    case 'switch':
      instruction.cases = instruction.cases.map(([value, to]) => [value, place(to)]);
      instruction.otherwise = place(instruction.otherwise);
      break;
    default:
  }
}

/** Replaces every operand and result register. */
export function mapOperands(i: Instruction, map: (operand: Operand) => Operand): void {
  if ('d' in i) i.d = map(i.d);
  switch (i.op) {
    case 'binary':
      i.a = map(i.a);
      i.b = map(i.b);
      break;
    case 'move':
    case 'unary':
    case 'convert':
    case 'branch':
      i.a = map(i.a);
      break;
    case 'return':
      if (i.a !== undefined) i.a = map(i.a);
      break;
    case 'store':
      i.a = map(i.a);
      i.address = map(i.address);
      break;
    case 'load':
    case 'clear':
      i.address = map(i.address);
      break;
    case 'callIndirect':
      i.address = map(i.address);
      i.args = i.args.map(map);
      break;
    case 'copy':
      i.from = map(i.from);
      i.to = map(i.to);
      break;
    case 'call':
    case 'intrinsic':
    case 'unknown':
      i.args = i.args.map(map);
      break;
    case 'switch':
      i.a = map(i.a);
      i.cases = i.cases.map(([value, to]) => [map(value), to]);
      break;
    default:
  }
}
