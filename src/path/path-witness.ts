import { createHash } from 'node:crypto';
import type { Fn, Program } from '../../simulator/vm/program.js';

/** `version.path-rule@function.side.programHash.choices`: which of the ways was taken wherever two were possible. */
export interface PathWitness {
  rule: string;
  function: string;
  side: 'before' | 'after';
  hash: string;
  choices: number[];
}

export function pathWitnessText({ rule, function: name, side, hash, choices }: PathWitness): string {
  return `1.${rule}@${name}.${side}.${hash}.${encodeChoices(choices)}`;
}

/** Whether a witness is one of a path, by its looks. */
export const isPathWitness = (text: string): boolean => /^[^.]*\.[^.]*@/.test(text.slice(0, 300));

/** Reads a witness; a string says what is wrong with it. */
export function parsePathWitness(text: string): PathWitness | string {
  const shape = /^1\.([a-z-]{1,60})@(\w{1,200})\.(before|after)\.([0-9a-f]{8})\.([0-9a-z*]{0,4000})$/;
  const match = shape.exec(text.trim());
  const choices = match && decodeChoices(match[5] as string);
  if (!match || !choices) return 'a witness of a path looks like 1.RULE@FUNCTION.after.HASH.CHOICES';
  const [, rule = '', name = '', side, hash = ''] = match;
  return { rule, function: name, side: side as PathWitness['side'], hash, choices };
}

/** One digit of base 36 a choice; runs of the same, of four and more, as `digit*count*`. */
function encodeChoices(choices: readonly number[]): string {
  const digits = choices.map((choice) => Math.min(choice, 35).toString(36)).join('');
  return digits.replace(/(.)\1{3,}/g, (run, digit: string) => `${digit}*${run.length.toString(36)}*`) || '*';
}

function decodeChoices(text: string): number[] | undefined {
  if (text === '*') return [];
  const plain = text.replace(/([0-9a-z])\*([0-9a-z]{1,3})\*/g, (_, digit: string, count: string) =>
    digit.repeat(Math.min(Number.parseInt(count, 36), 10_000)),
  );
  return /^[0-9a-z]*$/.test(plain) ? [...plain].map((digit) => Number.parseInt(digit, 36)) : undefined;
}

/** The function and all that it can call, so that a witness is not replayed on other code. */
export function hashOf(program: Program, fn: Fn): string {
  const hash = createHash('sha256');
  const seen = new Set<number>();
  const open = [fn.id];
  for (let id = open.shift(); id !== undefined; id = open.shift()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const { name, code } = program.functions[id] as Fn;
    hash.update(name);
    for (const i of code) {
      const constant = (operand: unknown) =>
        typeof operand === 'number' && operand < 0 ? `#${program.constants[~operand]}` : operand;
      const parts = Object.entries(i).map(([key, part]) => (key === 'line' ? '' : spelled(part, constant)));
      hash.update(parts.join(' '));
      if (i.op === 'call') open.push(i.callee);
    }
  }
  return hash.digest('hex').slice(0, 8);
}

function spelled(part: unknown, constant: (operand: unknown) => unknown): string {
  return Array.isArray(part) ? part.map((each) => spelled(each, constant)).join(',') : `${constant(part)}`;
}
