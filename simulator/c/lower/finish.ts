import type { Instruction, Operand } from '../../vm/program.js';
import type { FunctionSymbol } from '../symbol.js';
import { type Body, firstTemporary, type Pooled } from './body.js';

/** A function as code that still names what it calls and uses: `callee` and constants index the lists here. */
export interface Lowered {
  symbol: FunctionSymbol;
  code: Instruction[];
  parameters: number;
  registers: number;
  frame: number;
  /** Where each object of the frame begins. */
  objects: number[];
  names: (string | undefined)[];
  pool: Pooled[];
  callees: FunctionSymbol[];
  failure: { reason: string; line: number } | undefined;
  problems: { line: number; reason: string }[];
}

/** Resolves labels, drops what nothing reaches, numbers temporaries behind the locals. */
export function finish(body: Body, failure: Lowered['failure']): Lowered {
  const code = compact(body);
  for (const instruction of code) renumber(instruction, body.names.length);
  const hidden = body.resultAddress === undefined ? 0 : 1;
  return {
    symbol: body.symbol,
    code,
    parameters: body.symbol.type ? body.symbol.type.parameters.length + hidden : body.names.length,
    registers: body.names.length + body.temporaries,
    frame: body.frame,
    objects: body.objects,
    names: body.names,
    pool: body.pool,
    callees: body.callees,
    failure,
    problems: body.problems,
  };
}

function compact(body: Body): Instruction[] {
  const { code } = body;
  // All before any is replaced: instructions name labels until then.
  const targets = body.labels.map((_, label) => follow(body, label));
  const target = (label: number) => targets[label]!;
  const reached = reach(code, target);
  const place = new Int32Array(code.length + 1);
  let count = 0;
  for (let at = 0; at < code.length; at++) {
    place[at] = count;
    if (reached[at] && !isIdleJump(code, at, target, reached)) count++;
  }
  const kept: Instruction[] = [];
  for (let at = 0; at < code.length; at++) {
    if (!reached[at] || isIdleJump(code, at, target, reached)) continue;
    retarget(code[at]!, (label) => place[target(label)]!);
    kept.push(code[at]!);
  }
  return kept;
}

/** The instruction a label stands for, past jumps that only go on; a loop of jumps ends somewhere in it. */
function follow(body: Body, label: number): number {
  let at = body.labels[label]!;
  if (at < 0) return at;
  for (let hops = 0; hops < 20; hops++) {
    const instruction = body.code[at];
    if (instruction?.op !== 'jump') break;
    const next = body.labels[instruction.to]!;
    if (next === at) break;
    at = next;
  }
  return at;
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

function renumber(instruction: Instruction, locals: number): void {
  mapOperands(instruction, (operand) =>
    operand >= firstTemporary ? operand - firstTemporary + locals : operand,
  );
}

/** Replaces every operand and result register. */
export function mapOperands(instruction: Instruction, map: (operand: Operand) => Operand): void {
  const fields = instruction as unknown as Record<string, unknown>;
  for (const name of ['d', 'a', 'b', 'address', 'from', 'to']) {
    const isOperand = (name !== 'from' && name !== 'to') || instruction.op === 'copy';
    if (isOperand && typeof fields[name] === 'number') fields[name] = map(fields[name]);
  }
  if ('args' in instruction) instruction.args = instruction.args.map(map);
  if (instruction.op === 'switch')
    instruction.cases = instruction.cases.map(([value, to]) => [map(value), to]);
}
