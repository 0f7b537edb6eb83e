import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { randomProgram } from './random-c.js';
import { hasCompiler, runCompiled, runLowered } from './run-c.js';

const folder = new URL('traps/', import.meta.url);
const programs = readdirSync(folder).filter((name) => name.endsWith('.c'));
if (!hasCompiler) console.warn('gcc is not here: lowered code is compared with recorded results only');

describe.each(programs)('the traps of %s', (name) => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  const expectedFile = new URL(name.replace(/\.c$/, '.expected'), folder);

  it('are passed by the machine', () => {
    const reported = runLowered(text);
    if (process.env.UPDATE || !existsSync(expectedFile))
      writeFileSync(expectedFile, `${reported.join('\n')}\n`);
    expect(reported.join('\n')).toBe(readFileSync(expectedFile, 'utf8').trim());
  });

  it.skipIf(!hasCompiler)('were recorded as gcc executes them', () => {
    expect(runCompiled(text).join('\n')).toBe(readFileSync(expectedFile, 'utf8').trim());
  });
});

describe.skipIf(!hasCompiler)('a random program', () => {
  const seeds = Array.from({ length: Number(process.env.SEEDS ?? 20) }, (_, n) => n + 1);
  it.each(seeds)('with seed %i does what gcc says it does', (seed) => {
    const text = randomProgram(seed);
    expect(runLowered(text)).toEqual(runCompiled(text));
  });
});
