import { createHash } from 'node:crypto';
import type { Instruction, Program } from '../vm/program.js';
import type { Segment } from './scenario.js';

/**
 * A schedule as text: for each turn the thread's letter, how many instructions it runs, and the outcomes
 * of choices it met (`a412x1b38`). Counts are of instructions, so a schedule means the same whatever the
 * search assumed to be visible.
 */
export function encodeSchedule(segments: readonly Segment[]): string {
  return segments
    .map(({ thread, instructions, choices }) => {
      return `${String.fromCharCode(97 + thread)}${instructions}${choices.map((choice) => `x${choice}`).join('')}`;
    })
    .join('');
}

/** Undefined when the text is no schedule. */
export function decodeSchedule(text: string): Segment[] | undefined {
  if (text.length > 20_000 || !/^([a-h]\d{1,7}(x\d{1,3})*)+$/.test(text)) return undefined;
  return [...text.matchAll(/([a-h])(\d+)((?:x\d+)*)/g)].map(([, letter, count, choices]) => ({
    thread: (letter as string).charCodeAt(0) - 97,
    instructions: Number(count),
    choices: (choices as string).split('x').slice(1).map(Number),
  }));
}

/** Eight hex digits that two programs share only when they run the same: code, constants, globals; not lines. */
export function programHash(program: Program): string {
  const hash = createHash('sha256');
  for (const fn of program.functions) {
    hash.update(`${fn.name}/${fn.parameters}/${fn.frame}/${fn.step}\n`);
    hash.update(fn.body && fn.numbers ? `${digestOf(fn.body)}${fn.numbers.join()}\n` : textOf(fn.code));
  }
  hash.update(program.constants.join());
  for (const global of program.globals) {
    hash.update(`${global.name}@${global.address}+${global.size}`);
    for (const { offset, type, value } of global.initial) hash.update(`${offset}${type}${value}`);
  }
  return hash.digest('hex').slice(0, 8);
}

const digests = new WeakMap<object, string>();

/** Of what a function shares with itself in other programs; these differ in its numbers alone. */
function digestOf(body: { code: readonly Instruction[] }): string {
  const known = digests.get(body) ?? createHash('sha256').update(textOf(body.code)).digest('base64');
  digests.set(body, known);
  return known;
}

function textOf(code: readonly Instruction[]): string {
  return code.map(withoutLine).join('');
}

/** An instruction as JSON without its line, which the front end writes last. */
function withoutLine(instruction: Instruction): string {
  const text = JSON.stringify(instruction);
  const end = text.lastIndexOf(',"line":');
  if (/^,"line":\d+\}$/.test(text.slice(end))) return `${text.slice(0, end)}}\n`;
  const { line: _, ...rest } = instruction;
  return `${JSON.stringify(rest)}\n`;
}
