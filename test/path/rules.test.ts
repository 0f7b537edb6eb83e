import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileOpen } from '../../simulator/c/compile-open.js';
import { explorePaths } from '../../simulator/path/explore-paths.js';
import { knownLocks } from '../../simulator/path/known-lock.js';
import { mayFail } from '../../simulator/path/may-fail.js';
import { readModel } from '../../src/code/model.js';
import { pathRules } from '../../src/path/rules.js';

const folder = new URL('rules/', import.meta.url);

function programOf(text: string) {
  const source = { path: 'mm/paths.c', text, origin: 'reviewed' } as const;
  return compileOpen([source], readModel().headers, undefined, [...knownLocks.keys(), ...mayFail]).program;
}

/** What is said about every function of a text, a line each. */
function said(text: string): string[] {
  const program = programOf(text);
  const own = program.functions.filter(({ origin }) => origin === 'reviewed');
  return own.map((fn) => {
    const verdict = explorePaths(program, fn, pathRules);
    const alarms = verdict.said.map(({ rule, line, message }) => `${rule.rule} at ${line}: ${message}`);
    const words = verdict.over === undefined ? alarms : [`not analysed: ${verdict.over}`, ...alarms];
    const assumed = new Set(
      verdict.excused.map(({ rule, excuse }) => `, assuming for ${rule.rule}: ${excuse}`),
    );
    return `${fn.name}: ${words.length > 0 ? words.sort().join('; ') : 'holds'}${[...assumed].sort().join('')}`;
  });
}

const text = readFileSync(new URL('paths.c', folder), 'utf8');
const examples = readdirSync(folder).filter((name) => name.endsWith('.c'));

describe('the path rules', () => {
  it.each(examples)('say of each function of %s what stands beside it', (name) => {
    const expected = new URL(name.replace(/c$/, 'expected'), folder);
    const now = `${said(readFileSync(new URL(name, folder), 'utf8')).join('\n')}\n`;
    if (process.env.UPDATE === '1') writeFileSync(expected, now);
    expect(now).toBe(readFileSync(expected, 'utf8'));
  });

  it('find a lock by the form of its name: with other names they say the same', () => {
    const other = text.replaceAll('oddlock', 'quaintlock').replaceAll('oddunlock', 'quaintunlock');
    const rename = (line: string) => line.replaceAll('odd', 'quaint');
    expect(said(other)).toEqual(said(text).map(rename));
  });

  it('do not take a word that ends in "lock" for a lock when nobody unlocks', () => {
    const one = 'int f(struct thing *t) { read_the_clock(t); start_block(t); return t->a ? -EIO : 0; }';
    expect(said(one)).toEqual(['f: holds']);
  });

  it('retrace every path they found, to the line at which they found it', () => {
    const program = programOf(text);
    for (const fn of program.functions.filter(({ origin }) => origin === 'reviewed')) {
      const verdict = explorePaths(program, fn, pathRules);
      for (const one of verdict.said) {
        const { steps, misfit } = verdict.retrace(one.choices);
        expect(misfit).toBeUndefined();
        expect(steps.some(({ line, fn: name }) => line === one.line && name === one.fn)).toBe(true);
      }
    }
  });
});
