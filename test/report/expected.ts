import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

/** Compares with a file of the folder `expected` beside a test (`base`: its import.meta.url); `UPDATE=1` writes it anew, to be read before it is committed. */
export function expectFile(name: string, text: string, base = import.meta.url): void {
  const path = new URL(`./expected/${name}`, base);
  if (process.env.UPDATE === '1') writeFileSync(path, text);
  expect(existsSync(path), `${name} is missing; UPDATE=1 writes it`).toBe(true);
  expect(text).toBe(readFileSync(path, 'utf8'));
}
