import type { Dice } from '../dice.js';
import { snippet } from './snippets.js';

const mostCharacters = 600_000;

interface Text {
  lines: string[];
  /** Names of the functions, and all names. */
  functions: string[];
  names: string[];
}

type Mutation = (text: Text, at: number, dice: Dice) => void;

/** Each does something to the file at or around a line. */
const mutations: Mutation[] = [
  ({ lines }, at) => lines.splice(at, 1),
  ({ lines }, at, dice) => lines.splice(at, 1 + dice.roll(12)),
  ({ lines }, at) => lines.splice(at, 0, lines[at] ?? ''),
  ({ lines }, at, dice) => lines.splice(dice.roll(lines.length), 0, ...lines.splice(at, 1 + dice.roll(3))),
  ({ lines }, at, dice) => lines.splice(at, 0, ...lines.slice(at, at + 1 + dice.roll(20))),
  ({ lines, names }, at, dice) => {
    lines[at] = (lines[at] ?? '').replace(/[A-Za-z_]\w+/, () => dice.of(names));
  },
  ({ lines }, at, dice) => {
    const signs = ['==', '!=', '<', '&&', '||', '&', '|', '+', '-', '->', '.', '=', '!', '~', ',', ';'];
    lines[at] = (lines[at] ?? '').replace(/==|!=|&&|\|\||->|[<>&|+=!-]/, () => dice.of(signs));
  },
  ({ lines }, at, dice) => {
    lines[at] = (lines[at] ?? '').replace(/\b\d+\b|NULL|true|false/, () =>
      dice.of(['0', '1', '-1', 'NULL', '~0UL', '0x7fffffff', '1ULL << 63']),
    );
  },
  ({ lines }, at) => {
    lines[at] = `\tif (${/\(([^()]*)\)/.exec(lines[at] ?? '')?.[1] || '1'}) ${lines[at]?.trim()}`;
  },
  ({ lines }, at) => {
    lines[at] = (lines[at] ?? '').replace(/unlock/, 'lock').replace(/\block/, 'unlock');
  },
  ({ lines, functions }, at, dice) => lines.splice(at, 0, snippet(dice, dice.of(functions))),
  ({ lines, functions }, at, dice) => lines.splice(at, 0, snippet(dice, dice.of(functions))),
];

/** A C file after one to five mutations, most of them inside one of its functions. */
export function mutantOf(file: string, dice: Dice): string {
  const lines = file.split('\n');
  const functions = lines.flatMap((line) => /^\w[^;=]*?(\w+)\([^;]*$/.exec(line)?.[1] ?? []);
  const names = [...new Set(file.match(/[A-Za-z_]\w+/g) ?? ['f0'])];
  const text = { lines, functions: functions.length > 0 ? functions : ['f0'], names };
  const around = dice.roll(lines.length);
  for (let left = 1 + dice.roll(5); left > 0; left--) {
    const at = dice.roll(6) === 0 ? dice.roll(lines.length) : around + dice.roll(20);
    dice.of(mutations)(text, Math.min(at, lines.length - 1), dice);
  }
  return lines.join('\n').slice(0, mostCharacters);
}
