import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fatalProblem } from '../../src/change/patch.js';
import { readPatch } from '../../src/change/read-patch.js';
import { readMessages } from '../../src/mail/read.js';
import { packageRoot } from '../../src/root.js';

const folder = join(packageRoot, 'fixtures', 'bad');

/** The one line that a user sees for an input. */
async function lineFor(input: Buffer): Promise<string | undefined> {
  const read = await readMessages(input);
  if ('problem' in read) return read.problem;
  return read.messages.map((message) => fatalProblem(readPatch(message))?.reason).find(Boolean);
}

const header = '--- a/fs/dax.c\n+++ b/fs/dax.c\n';

describe('bad input is told in one line', () => {
  const names = readdirSync(folder).filter((name) => /\.(patch|eml)$/.test(name));
  it.each(names)('%s', async (name) => {
    const line = await lineFor(readFileSync(join(folder, name)));
    const expected = join(folder, `${name}.expected`);
    if (process.env.UPDATE) writeFileSync(expected, `${line}\n`);
    expect(`${line}\n`).toBe(readFileSync(expected, 'utf8'));
    expect(line).not.toMatch(/\n|undefined/);
  });

  it('refuses more than 20 MB', async () => {
    expect(await lineFor(Buffer.alloc(20_000_001, 'x'))).toBe(
      'the input has 20000001 bytes; at most 20000000 are read',
    );
  });
});

describe('hostile sizes take no time', () => {
  const cases: [name: string, input: string, line: string | undefined][] = [
    [
      'a hunk header of 100,000 digits',
      `${header}@@ -${'1'.repeat(100_000)}`,
      'fs/dax.c, hunk 1: its @@ line has 100004 characters',
    ],
    ['a path of 40,000 components', `diff --git a/${'a/'.repeat(40_000)}x b/x\nindex 1..2\n`, 'characters'],
    ['a quoted path of 5 MB', `diff --git "a/${'\\101'.repeat(1_250_000)}" b/x\n`, 'characters'],
    [
      'an added line of 5 MB',
      `${header}@@ -1,0 +1,1 @@\n+${'x'.repeat(5_000_000)}\n`,
      'fs/dax.c, hunk 1: line 4 has 5000001 characters',
    ],
    ['a line of prose of 5 MB', 'x'.repeat(5_000_000), 'no patch in this message'],
    ['5 MB of blanks before a word', `${' '.repeat(5_000_000)}x`, 'no patch in this message'],
    [
      'a mail with 5 MB of blanks in a line',
      `Subject: x\nContent-Transfer-Encoding: quoted-printable\n\n${' '.repeat(5_000_000)}x`,
      'the mail has more blanks in a row than any mail has',
    ],
    ['a count that no file has', `${header}@@ -1,999999999 +1,999999999 @@\n a\n`, 'ends after 1 and 1'],
    ['a million stray hunks', '@@ -1 +1 @@\n'.repeat(1_000_000), 'line 1: a hunk stands outside of any file'],
    ['5,001 files', `${header}@@ -1 +1 @@\n-a\n+b\n`.repeat(5001), 'the patch touches more than 5000 files'],
    ['an index line that is nearly one', `diff --git a/x b/x\nindex ${'a'.repeat(4000)}..\n`, undefined],
  ];
  it.each(cases)('%s', async (_, input, line) => {
    const before = performance.now();
    const told = await lineFor(Buffer.from(input));
    // parse-diff alone needs 24 s for the first of these.
    expect(performance.now() - before).toBeLessThan(5000);
    if (line) expect(told).toContain(line);
  });
});
