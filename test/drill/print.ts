import type { Verdict } from './verdict.js';

const longest = 5;

/** Rows of the table: a name, and a number or the first few of what should not be. */
export function rowsOf(verdict: Verdict): [string, string | number][] {
  return Object.entries(verdict).map(([name, value]) => [name, shortened(value)]);
}

export function shortened(value: number | string[]): string | number {
  if (!Array.isArray(value) || value.length === 0) return Array.isArray(value) ? 0 : value;
  const more = value.length > longest ? ' ...' : '';
  return `${value.length} (${value.slice(0, longest).join(' ')}${more})`;
}

export function printTable(rows: readonly (readonly [string, string | number])[]): void {
  for (const [name, value] of rows) process.stdout.write(`${name.padEnd(40)} ${value}\n`);
}
