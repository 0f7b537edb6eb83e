import type { Code } from './encode.js';
import { successors } from './liveness.js';
import type { Fn, Instruction } from './program.js';

/** By instruction: undefined where no thread has run it; else by which of its successors threads went on. */
export type Ways = (readonly number[] | undefined)[];

/** A function that a search has entered, and what of it was run. */
export interface Run {
  fn: Fn;
  ways: Ways;
}

/**
 * What a search has run of a function that it has entered. Only branches and switches are watched while threads run:
 * what lies between them runs whenever its beginning does.
 */
export function runOf(code: Code, fn: Fn): Run {
  return { fn, ways: follow(fn, (index, instruction) => code.waysFrom(fn, index, instruction)) };
}

/** The lines that were run. */
export function linesOfRun({ fn, ways }: Run): Set<number> {
  return linesIn(fn, ways);
}

/** The lines of a function that a thread could come to: what stands behind a return is none. */
export function linesOfCode(fn: Fn): Set<number> {
  return linesIn(fn, everyWay(fn));
}

function everyWay(fn: Fn): Ways {
  return follow(fn, (index, instruction) => [...successors(instruction, index).keys()]);
}

/** By line: the lines that it leads on to, as some thread went. */
export function leadsOfRun({ fn, ways }: Run): Map<number, Set<number>> {
  return leadsIn(fn, ways);
}

/** By line: the lines that it could lead on to. */
export function leadsOfCode(fn: Fn): Map<number, Set<number>> {
  return leadsIn(fn, everyWay(fn));
}

/** A function's instructions, as they are in every program: constants and callees by their places in its lists. */
export function instructionsOf(fn: Fn): readonly Instruction[] {
  return (fn.body ?? fn).code;
}

function linesIn(fn: Fn, ways: Ways): Set<number> {
  const lines = new Set<number>();
  for (const [index, { line }] of instructionsOf(fn).entries()) {
    const taken = ways[index];
    if (taken === undefined) continue;
    lines.add(line);
    const passed = fn.body?.passed.get(index);
    for (const way of passed ? taken : []) for (const jump of passed?.[way] ?? []) lines.add(jump);
  }
  return lines;
}

function leadsIn(fn: Fn, ways: Ways): Map<number, Set<number>> {
  const instructions = instructionsOf(fn);
  const leads = new Map<number, Set<number>>();
  for (const [index, instruction] of instructions.entries()) {
    const next = successors(instruction, index);
    const passed = fn.body?.passed.get(index);
    for (const way of ways[index] ?? []) {
      const line = passed?.[way]?.[0] ?? instructions[next[way] as number]?.line;
      if (line === undefined || line === instruction.line) continue;
      leads.set(instruction.line, (leads.get(instruction.line) ?? new Set()).add(line));
    }
  }
  return leads;
}

function follow(fn: Fn, waysFrom: (index: number, instruction: Instruction) => readonly number[]): Ways {
  const instructions = instructionsOf(fn);
  const ways: Ways = instructions.map(() => undefined);
  const ahead = [0];
  for (let index = ahead.pop(); index !== undefined; index = ahead.pop()) {
    const instruction = instructions[index];
    if (instruction === undefined || ways[index] !== undefined) continue;
    const taken = waysFrom(index, instruction);
    ways[index] = taken;
    const next = successors(instruction, index);
    for (const n of taken) ahead.push(next[n] as number);
  }
  return ways;
}
