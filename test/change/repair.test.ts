import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fatalProblem } from '../../src/change/patch.js';
import { readPatch } from '../../src/change/read-patch.js';
import { readMessages } from '../../src/mail/read.js';
import { applyPatch } from './apply-patch.js';
import { patchOf } from './plain-message.js';
import { gitIn, scratchFolder, treeAt, writeTree } from './scratch.js';

const scratch = scratchFolder();
const path = 'fs/dax.c';

function source(lookUp: string, wake: string): string {
  return [
    'static void *claim(struct tree *tree, unsigned long index)',
    '{',
    '\tvoid *entry;',
    '',
    '\tspin_lock(&tree->lock);',
    `\t${lookUp}`,
    '\tif (!entry)',
    '\t\tgoto out;',
    '\tentry = lock_entry(tree,',
    '\t\t\t   index);',
    'out:',
    '\tspin_unlock(&tree->lock);',
    '\treturn entry;',
    '}',
    '',
    'static void release(struct tree *tree, unsigned long index)',
    '{',
    '\tvoid *entry;',
    '',
    '\tspin_lock(&tree->lock);',
    '\tentry = unlock_entry(tree, index);',
    `\t${wake}`,
    '\tspin_unlock(&tree->lock);',
    '}',
    '',
  ].join('\n');
}

const before = source('entry = look_up(tree, index);', 'wake_up(tree, entry);');
const after = source('entry = find(tree, index);', 'if (entry)\n\t\twake_up_all(tree, entry);');
const folder = writeTree(join(scratch, 'kernel'), { [path]: before });
gitIn(folder, 'init', '-q');
gitIn(folder, 'add', '-A');
writeTree(folder, { [path]: after });
const diff = gitIn(folder, 'diff', '--no-ext-diff');
writeTree(folder, { [path]: before });
const plain = await treeAt(writeTree(join(scratch, 'plain'), { [path]: before }));

const lines = (text: string, change: (line: string) => string) => text.split('\n').map(change).join('\n');
const quoted = (text: string, mark = '> ') => lines(text.trimEnd(), (line) => (mark + line).trimEnd());
/** What web archives do: runs of blanks become one, and none is left in front. */
const stripped = (text: string) => lines(text, (line) => line.replace(/[ \t]+/g, ' ').replace(/^ /, ''));
const mercurial = (text: string) =>
  text
    .replace(/^diff --git.*\nindex .*\n/gm, `diff -r 0123456789ab ${path}\n`)
    .replace(/^(---|\+\+\+) (.*)$/gm, '$1 $2\tTue Dec 13 20:30:19 2005 +0100');
const inHunks = (text: string, change: (line: string) => string) =>
  lines(text, (line) => (/^[ +-]/.test(line) && !/^(---|\+\+\+) /.test(line) ? change(line) : line));
const bare = (text: string | undefined) => text?.replace(/\s+/g, '');

const damages: [name: string, text: string, repairs: number][] = [
  ['quoted in a reply', `Hello,\n\n${quoted(diff)}\n\nLooks good.\n`, 1],
  ['quoted twice', `So be it.\n\n> Why?\n>\n${quoted(quoted(diff))}\n`, 1],
  ['quoted by a mailer that writes no blank behind its mark', `${quoted(diff, '>')}\n`, 1],
  ['quoted, with words between its lines', quoted(diff).replace('> +', '\nWhy here?\n\n> +'), 1],
  ['without its leading blanks', stripped(diff), 2],
  ['quoted, without its leading blanks', quoted(stripped(diff)), 3],
  ['of Mercurial, without its leading blanks and tabs', stripped(mercurial(diff)), 3],
  ['without the first column of its context', inHunks(diff, (line) => line.replace(/^ /, '')), 1],
  [
    'without the blank before the tabs of its context',
    inHunks(diff, (line) => line.replace(/^ \t/, '\t')),
    1,
  ],
  ['with blanks for tabs', diff.replaceAll('\t', ' '.repeat(8)), 1],
  ['with blanks that do not break for tabs', diff.replaceAll('\t', '\u00a0'.repeat(8)), 2],
  ['with such blanks in its first column', inHunks(diff, (line) => line.replace(/^ /, '\u00a0')), 1],
];

describe('a patch', () => {
  it.each(damages)('%s is repaired, marked, and applied', async (_, text, repairs) => {
    const patch = patchOf(text);
    expect(patch.problems).toEqual([]);
    const change = await applyPatch(patch, plain);
    expect(change.why).toBeUndefined();
    expect(change.patch.repairs).toHaveLength(repairs);
    expect(bare(change.after.get(path))).toBe(bare(after));
    // What the patch did not add is byte for byte what was there before.
    const old = new Set(before.split('\n'));
    const fresh = change.after
      .get(path)!
      .split('\n')
      .filter((line) => !old.has(line));
    expect(fresh.map(bare)).toEqual(['entry=find(tree,index);', 'if(entry)', 'wake_up_all(tree,entry);']);
  });

  it.each([
    ['whole lines', quoted],
    ['lines without leading blanks', (text: string) => quoted(stripped(text))],
  ])('of which the last line of context is missing is counted again: %s', async (name, damage) => {
    const end = '\nint last;\nint one;\n';
    const work = writeTree(join(scratch, name), { [path]: before + end });
    gitIn(work, 'init', '-q');
    gitIn(work, 'add', '-A');
    writeTree(work, { [path]: after + end });
    const whole = gitIn(work, 'diff', '--no-ext-diff').trimEnd().split('\n');
    const text = `${damage(whole.slice(0, -1).join('\n'))}\n\nWhy?\n`;
    const old = await treeAt(writeTree(join(scratch, `${name} old`), { [path]: before + end }));
    const change = await applyPatch(patchOf(text), old);
    expect(change.why).toBeUndefined();
    expect(change.patch.repairs).toContain(
      'lines of context at its end are missing; it was counted again without them',
    );
    expect(bare(change.after.get(path))).toBe(bare(after + end));
  });

  it('that is as it was sent is left alone', async () => {
    const change = await applyPatch(patchOf(diff), plain);
    expect(change.patch.repairs).toEqual([]);
    expect(change.after.get(path)).toBe(after);
  });

  it('that a reply has cut is malformed, and the reason says where', () => {
    const text = stripped(quoted(diff).replace(/^> .*unlock_entry.*\n/m, ''));
    expect(fatalProblem(patchOf(text))?.reason).toMatch(
      /^b\/fs\/dax\.c, hunk 2: .* nothing tells which are missing$/,
    );
  });

  it('of which any single line is lost is never taken for whole', () => {
    const damaged = stripped(diff).split('\n');
    for (const [at, line] of damaged.entries()) {
      if (at < 4 || line.startsWith('@@') || line === '') continue;
      const patch = patchOf(damaged.filter((_, index) => index !== at).join('\n'));
      expect(fatalProblem(patch), line).toBeDefined();
    }
  });

  it('whose context begins with signs is decided by the file before it, and only there', async () => {
    const counted = before.replace(
      '\tvoid *entry;\n\n\tspin',
      '\tvoid *entry;\n\n\t++tree->uses;\n\t--tree->free;\n\tspin',
    );
    const changed = counted.replace('look_up(', 'find(');
    const work = writeTree(join(scratch, 'signs'), { [path]: counted });
    gitIn(work, 'init', '-q');
    gitIn(work, 'add', '-A');
    writeTree(work, { [path]: changed });
    const damaged = patchOf(stripped(gitIn(work, 'diff', '--no-ext-diff', '-U4')));
    expect(fatalProblem(damaged)?.reason).toContain('nothing tells which are missing');
    const right = await treeAt(writeTree(join(scratch, 'counted'), { [path]: counted }));
    const change = await applyPatch(damaged, right);
    expect(change.why).toBeUndefined();
    expect(bare(change.after.get(path))).toBe(bare(changed));
    expect(change.patch.repairs.length).toBeGreaterThan(0);
    const wrong = await applyPatch(damaged, plain);
    expect(wrong).toMatchObject({ status: 'not-applied', base: { tries: [{ kind: 'whitespace-damaged' }] } });
  });

  it('that can be read in two ways against the file before it is left undecided', async () => {
    const text = (body: string) => `void f(void)\n{\n\ta();\n${body}\tb();\n}\n`;
    const tree = await treeAt(writeTree(join(scratch, 'twofold'), { [path]: text('\t++x;\n\t++x;\n') }));
    // One of the three lines was added; nobody can say which, though it makes no difference to the text.
    const damaged = [
      `--- a/${path}`,
      `+++ b/${path}`,
      '@@ -2,5 +2,6 @@',
      '{',
      'a();',
      '++x;',
      '++x;',
      '++x;',
      'b();',
      '',
    ];
    const change = await applyPatch(patchOf(damaged.join('\n')), tree);
    expect(change.status).toBe('not-applied');
  });

  it('of 100,000 lines that may be read in two ways takes no time', async () => {
    const lines = Array.from({ length: 100_000 }, () => '++x;').join('\n');
    const text = `--- a/${path}\n+++ b/${path}\n@@ -1,50000 +1,90000 @@\nx\n${lines}\n`;
    const tree = await treeAt(writeTree(join(scratch, 'many'), { [path]: `x\n${lines}\n` }));
    const start = performance.now();
    expect((await applyPatch(patchOf(text), tree)).status).toBe('not-applied');
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('that a mailer wrapped is not taken for one that lost its first column', () => {
    const text = diff.replace('+\tentry = find(tree, index);', '+\tentry =\nfind(tree, index);');
    expect(fatalProblem(patchOf(text))?.kind).toBe('whitespace-damaged');
  });

  it('whose lines stand at two places but for white space is not placed by guessing', async () => {
    const twice = await treeAt(writeTree(join(scratch, 'twice'), { [path]: `${before}${before}` }));
    const change = await applyPatch(patchOf(stripped(diff)), twice);
    expect(change.status).toBe('not-applied');
  });

  it('whose lines are elsewhere but for white space is not applied, and the reason ignores white space', async () => {
    const other = await treeAt(
      writeTree(join(scratch, 'other'), { [path]: before.replace('wake_up(', 'stir(') }),
    );
    const change = await applyPatch(patchOf(stripped(diff)), other);
    expect(change.why).toContain(
      "hunk 2: it expects other lines at line 22: expected 'wake_up(tree, entry);'",
    );
    expect(change.base.tries).toMatchObject([{ kind: 'context-differs', file: path, hunk: 2 }]);
  });

  it('that has moved is told with the line numbers of the file that it was applied to', async () => {
    const moved = await treeAt(
      writeTree(join(scratch, 'moved'), { [path]: `/* one */\n/* two */\n${before}` }),
    );
    const change = await applyPatch(patchOf(diff), moved);
    const added = change.files[0]!.hunks.flatMap((hunk) => hunk.lines).filter((line) => line.kind === 'add');
    const text = change.after.get(path)!.split('\n');
    expect(added.map((line) => text[line.newLine! - 1])).toEqual(added.map((line) => line.text));
  });
});

describe('a page saved from a web archive', () => {
  const page = `Re: [PATCH v2] dax: find\n\nFrom: A Developer\nDate: Mon Apr 10 2017 - 16:34:36 EST\n\n\n${stripped(quoted(diff))}`;

  it('is read as the mail that it shows, and never answered', async () => {
    const read = await readMessages(Buffer.from(page));
    if ('problem' in read) throw new Error(read.problem);
    const [message] = read.messages;
    expect(message).toMatchObject({
      subject: 'Re: [PATCH v2] dax: find',
      from: 'A Developer',
      date: '2017-04-10T21:34:36.000Z',
      neverAnswer: 'it is a page saved from a web archive, not the mail itself',
    });
    expect(readPatch(message!).problems).toEqual([]);
  });

  it('and a mail with a masked address are told apart from mails that can be answered', async () => {
    for (const [from, never] of [
      ['dev@example.org', undefined],
      ['dev@xxxxxxxxxxx', 'the address of its sender is masked'],
      ['devel@xxxxxxx.xxx', 'the address of its sender is masked'],
    ]) {
      const read = await readMessages(Buffer.from(`From: A <${from}>\nSubject: x\n\n${diff}`));
      if ('problem' in read) throw new Error(read.problem);
      expect(read.messages[0]!.neverAnswer).toBe(never);
    }
  });
});
