import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { compareParsers } from '../../src/change/compare-parsers.js';
import type { FilePatch } from '../../src/change/patch.js';
import { patchOf } from './plain-message.js';

const folder = mkdtempSync(join(tmpdir(), 'faultline-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Lines that look like parts of a diff, and characters that regular expressions take for line ends. */
const line = fc.constantFrom(
  '',
  ' ',
  '\t',
  'a',
  'b',
  'c',
  '- ',
  '-',
  '-- ',
  '--- a/x',
  '+++ b/x',
  '++',
  '@@ -1 +1 @@',
  '\\ No newline at end of file',
  '\\ x',
  'diff --git a/x b/x',
  'index 1111111..2222222',
  'From me',
  'x\r',
  'u\u2028v',
  '\u00e9',
  'rename from x',
  'GIT binary patch',
  '\f',
);
const content = fc
  .tuple(fc.array(line, { maxLength: 24 }), fc.boolean())
  .map(([lines, end]) => lines.join('\n') + (end ? '\n' : ''));
const pairs = fc.array(fc.tuple(content, content), { minLength: 1, maxLength: 5 });

/** What real git says about these files; the names carry its usual prefixes. */
function diffOf(files: [string, string][], context: number): string {
  const work = mkdtempSync(join(folder, 'pair-'));
  for (const [side, at] of [
    ['a', 0],
    ['b', 1],
  ] as const) {
    mkdirSync(join(work, side));
    for (const [index, pair] of files.entries()) writeFileSync(join(work, side, `f${index}.c`), pair[at]);
  }
  const args = ['diff', '--no-index', '--no-prefix', '--no-renames', '--text', `-U${context}`, 'a', 'b'];
  try {
    return execFileSync('git', args, { cwd: work, encoding: 'utf8' });
  } catch (error) {
    // Git answers 1 when the files differ.
    return (error as { stdout: string }).stdout;
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** The file after its hunks, made of the scanned lines alone. */
function applied(file: FilePatch, before: string): string {
  const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const result: string[] = [];
  let next = 0;
  for (const hunk of file.hunks) {
    const start = hunk.oldLines === 0 ? hunk.oldStart : hunk.oldStart - 1;
    result.push(...lines.slice(next, start));
    for (const { kind, text, noNewline } of hunk.lines)
      if (kind !== 'delete') result.push(noNewline ? text : `${text}\n`);
    next = start + hunk.oldLines;
  }
  return [...result, ...lines.slice(next)].join('');
}

describe('every diff that git writes', () => {
  it('is read alike by the scanner and by parse-diff, without a problem', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 0, max: 4 }), (files, context) => {
        const text = diffOf(files, context);
        fc.pre(text !== '');
        const patch = patchOf(text);
        expect(patch.problems).toEqual([]);
        expect(compareParsers(patch.files, patch.text)).toBeUndefined();
        expect(patch.text).toBe(text);
        const changed = files.flatMap(([before, after], index) => (before === after ? [] : [`f${index}.c`]));
        expect(patch.files.map((file) => file.newPath)).toEqual(changed);
      }),
      { numRuns: 150 },
    );
  });

  it('leads from the old file to the new one by the scanned lines alone', () => {
    fc.assert(
      fc.property(content, content, fc.integer({ min: 0, max: 4 }), (before, after, context) => {
        fc.pre(before !== after);
        const [file] = patchOf(diffOf([[before, after]], context)).files;
        expect(applied(file!, before)).toBe(after);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a damaged diff', () => {
  const sample = diffOf(
    [
      ['a\nb\nc\nd\ne\nf\ng\nh\n', 'a\nB\nc\nd\ne\nf\ng\nH\ni\n'],
      ['x\n', 'y\n'],
    ],
    1,
  ).split('\n');

  it('never makes the reader throw, and never loses a line in silence', () => {
    const at = fc.integer({ min: 0, max: sample.length - 2 });
    fc.assert(
      fc.property(at, fc.constantFrom('drop', 'double', 'shift'), (index, damage) => {
        const lines = [...sample];
        if (damage === 'drop') lines.splice(index, 1);
        if (damage === 'double') lines.splice(index, 0, lines[index]!);
        if (damage === 'shift') lines[index] = lines[index]!.slice(1);
        const patch = patchOf(lines.join('\n'));
        const isHunkLine = /^[ +-](?!--|\+\+)/.test(sample[index]!);
        if (isHunkLine && damage !== 'shift')
          expect(patch.problems.some((problem) => problem.fatal)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
