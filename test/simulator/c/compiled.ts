import { type Compilation, compile, type Source } from '../../../simulator/c/compile.js';
import { functionNamed, runAlone } from '../../../simulator/explore/execution.js';
import { Machine } from '../../../simulator/vm/machine.js';
import type { Fn, Origin } from '../../../simulator/vm/program.js';

/** `origin/name.c` to text. */
export function sources(texts: Record<string, string>): Source[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text, origin: path.split('/')[0] as Origin }));
}

export function compiled(
  texts: Record<string, string>,
  roots: string[],
  headers: Record<string, string> = {},
): Compilation {
  return compile({ sources: sources(texts), headers: new Map(Object.entries(headers)), roots });
}

/** One function of one file under review. */
export function lowered(text: string, name = 'f', headers: Record<string, string> = {}): Fn {
  const { program } = compiled({ 'reviewed/f.c': text }, [name], headers);
  return program.functions.find((fn) => fn.name === name)!;
}

/** The reasons of the guesses in a function. */
export function guesses(fn: Fn): string[] {
  return fn.code.flatMap((instruction) => (instruction.op === 'guess' ? [instruction.reason] : []));
}

/** Runs `main()` of the program, which leaves its answer in the global `answer`. */
export function answerOf({ program }: Compilation, name = 'main'): number {
  const machine = new Machine(program);
  runAlone(machine, functionNamed(machine, name));
  return machine.memory.read32(program.globals.find((global) => global.name === 'answer')!.address);
}
