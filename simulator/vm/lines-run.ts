import type { Code } from './encode.js';
import type { Fn, Instruction } from './program.js';

/**
 * The lines of a function that any thread has run, of one that was entered. Only branches and switches are watched
 * while threads run: what lies between them runs whenever its beginning does.
 */
export function linesRun(code: Code, fn: Fn): Set<number> {
  return linesFrom(fn, (to) => code.wasChosen(fn, to));
}

/** The lines of a function that a thread could come to: what stands behind a return is none. */
export function linesOfCode(fn: Fn): Set<number> {
  return linesFrom(fn, () => true);
}

function linesFrom(fn: Fn, wasChosen: (to: number) => boolean): Set<number> {
  const lines = new Set<number>();
  const instructions = (fn.body ?? fn).code;
  const seen = new Uint8Array(instructions.length);
  const ahead = [0];
  for (let index = ahead.pop(); index !== undefined; index = ahead.pop()) {
    const instruction = instructions[index];
    if (instruction === undefined || seen[index] === 1) continue;
    seen[index] = 1;
    lines.add(instruction.line);
    ahead.push(...nextOf(instruction, index, wasChosen));
  }
  return lines;
}

function nextOf(instruction: Instruction, index: number, wasChosen: (to: number) => boolean): number[] {
  switch (instruction.op) {
    case 'jump':
      return [instruction.to];
    case 'branch':
      return [instruction.then, instruction.else].filter(wasChosen);
    case 'switch':
      return [instruction.otherwise, ...instruction.cases.map(([, to]) => to)].filter(wasChosen);
    case 'return':
      return [];
    default:
      return [index + 1];
  }
}
