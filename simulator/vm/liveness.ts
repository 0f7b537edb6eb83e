import type { Instruction, Operand } from './program.js';

/**
 * The registers that hold something still needed before each instruction, as bit sets of 32-bit words.
 * Dead registers are zeroed where other threads may run, or equal states would look different.
 */
export function liveBefore(code: readonly Instruction[], registers: number): Int32Array[] {
  const words = (registers + 31) >> 5;
  const live = code.map(() => new Int32Array(words));
  let changed = true;
  while (changed) {
    changed = false;
    for (let at = code.length - 1; at >= 0; at--) {
      if (update(code, live, at, words)) changed = true;
    }
  }
  return live;
}

function update(code: readonly Instruction[], live: Int32Array[], at: number, words: number): boolean {
  const instruction = code[at] as Instruction;
  const next = new Int32Array(words);
  for (const to of successors(instruction, at)) {
    const after = live[to];
    if (after) for (let w = 0; w < words; w++) next[w] = (next[w] as number) | (after[w] as number);
  }
  const written = destination(instruction);
  if (written >= 0) clearBit(next, written);
  for (const read of operands(instruction)) if (read >= 0) setBit(next, read);
  const now = live[at] as Int32Array;
  let differs = false;
  for (let w = 0; w < words; w++) if (now[w] !== next[w]) differs = true;
  if (differs) now.set(next);
  return differs;
}

export function isLive(set: Int32Array, register: number): boolean {
  return (((set[register >> 5] as number) >>> (register & 31)) & 1) === 1;
}

function setBit(set: Int32Array, register: number): void {
  set[register >> 5] = (set[register >> 5] as number) | (1 << (register & 31));
}

function clearBit(set: Int32Array, register: number): void {
  set[register >> 5] = (set[register >> 5] as number) & ~(1 << (register & 31));
}

export function successors(instruction: Instruction, at: number): number[] {
  switch (instruction.op) {
    case 'jump':
      return [instruction.to];
    case 'branch':
      return [instruction.then, instruction.else];
    case 'switch':
      return [...instruction.cases.map(([, to]) => to), instruction.otherwise];
    case 'return':
      return [];
    default:
      return [at + 1];
  }
}

export function destination(instruction: Instruction): number {
  return 'd' in instruction ? instruction.d : -1;
}

export function operands(instruction: Instruction): Operand[] {
  switch (instruction.op) {
    case 'move':
    case 'unary':
    case 'convert':
    case 'branch':
      return [instruction.a];
    case 'binary':
      return [instruction.a, instruction.b];
    case 'load':
    case 'clear':
      return [instruction.address];
    case 'store':
      return [instruction.address, instruction.a];
    case 'copy':
      return [instruction.to, instruction.from];
    case 'switch':
      return [instruction.a, ...instruction.cases.map(([value]) => value)];
    case 'call':
    case 'intrinsic':
    case 'unknown':
      return instruction.args;
    case 'callIndirect':
      return [instruction.address, ...instruction.args];
    case 'return':
      return instruction.a === undefined ? [] : [instruction.a];
    default:
      return [];
  }
}
