import parseDiff from 'parse-diff';
import { describe, expect, it } from 'vitest';
import { fatalProblem } from '../../src/change/patch.js';
import { patchOf } from './plain-message.js';

/** Each test first shows parse-diff, alone, being wrong without a word; then what is made of it here. */
const header = (path: string) =>
  `diff --git a/${path} b/${path}\nindex 1111111..2222222 100644\n--- a/${path}\n+++ b/${path}\n`;
const one = `${header('fs/dax.c')}@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three\n`;
const other = `${header('mm/truncate.c')}@@ -1,2 +1,2 @@\n-a\n+b\n c\n`;

function kinds(text: string) {
  return patchOf(text).files.map(({ kind, oldPath, newPath, similarity }) => [
    kind,
    oldPath,
    newPath,
    similarity,
  ]);
}

function reason(text: string): string | undefined {
  return fatalProblem(patchOf(text))?.reason;
}

describe('what parse-diff reads wrongly and says nothing about', () => {
  it('a rename has no flag and no similarity there', () => {
    const text = 'diff --git a/fs/a.c b/fs/b.c\nsimilarity index 93%\nrename from fs/a.c\nrename to fs/b.c\n';
    expect(parseDiff(text)[0]).not.toHaveProperty('similarity');
    expect(kinds(text)).toEqual([['rename', 'fs/a.c', 'fs/b.c', 93]]);
  });

  it('a copy is told from a rename by nothing there', () => {
    const text = 'diff --git a/fs/a.c b/fs/b.c\nsimilarity index 100%\ncopy from fs/a.c\ncopy to fs/b.c\n';
    expect(parseDiff(text)[0]).toMatchObject({ from: 'fs/a.c', to: 'fs/b.c' });
    expect(kinds(text)).toEqual([['copy', 'fs/a.c', 'fs/b.c', 100]]);
  });

  it('a binary file is an unchanged file there', () => {
    for (const content of [
      'Binary files a/x.png and b/x.png differ',
      'GIT binary patch\nliteral 3\nKcmZQz',
    ]) {
      const text = `diff --git a/fs/x.png b/fs/x.png\nindex 1111111..2222222 100644\n${content}\n`;
      expect(parseDiff(text)[0]).toMatchObject({ chunks: [], additions: 0, deletions: 0 });
      const patch = patchOf(text);
      expect(patch.files[0]?.kind).toBe('binary');
      expect(patch.problems.map(({ kind }) => kind)).toEqual(['binary']);
    }
  });

  it('a mode behind the blob ids is lost there when lines end with CR', () => {
    const text = one.replaceAll('\n', '\r\n');
    expect(parseDiff(text)[0]?.newMode).toBeUndefined();
    const [file] = patchOf(text).files;
    expect(file).toMatchObject({ oldMode: '100644', newMode: '100644', oldBlob: '1111111' });
    expect(file!.hunks[0]!.lines.map(({ text }) => text)).toEqual(['one', 'two', 'TWO', 'three']);
  });

  it('"no newline" in another language swallows the next file there', () => {
    const marked = '@@ -1,2 +1,2 @@\n one\n-two\n\\ Kein Zeilenumbruch am Dateiende.\n+TWO\n';
    const text = header('fs/dax.c') + marked + other;
    expect(parseDiff(text)).toHaveLength(1);
    const patch = patchOf(text);
    expect(patch.problems).toEqual([]);
    expect(patch.files.map(({ newPath }) => newPath)).toEqual(['fs/dax.c', 'mm/truncate.c']);
    expect(patch.files[0]!.hunks[0]!.lines).toMatchObject([
      { kind: 'context', text: 'one' },
      { kind: 'delete', text: 'two', noNewline: true },
      { kind: 'add', text: 'TWO' },
    ]);
  });

  it('a combined diff of a merge has no hunks there', () => {
    const text =
      'diff --cc fs/dax.c\nindex 1,2..3\n--- a/fs/dax.c\n+++ b/fs/dax.c\n@@@ -1,2 -1,2 +1,2 @@@\n- a\n -b\n++c\n';
    expect(parseDiff(text).flatMap(({ chunks }) => chunks)).toEqual([]);
    expect(reason(text)).toMatch(/combined diff/);
  });

  it('a path with unusual bytes stays quoted there', () => {
    const text = one.replaceAll(/[ab]\/fs\/dax\.c/g, (path) => `"${path[0]}/fs/f\\303\\274r.c"`);
    expect(parseDiff(text)[0]?.to).toContain('\\303');
    expect(kinds(text)).toEqual([['modify', 'fs/f\u00fcr.c', 'fs/f\u00fcr.c', undefined]]);
  });

  it('a real folder called like a prefix is eaten there', () => {
    const text = one.replaceAll(/[ab]\/fs\/dax\.c/g, 'i/dax.c');
    expect(parseDiff(text)[0]?.to).toBe('dax.c');
    expect(kinds(text)).toEqual([['modify', 'i/dax.c', 'i/dax.c', undefined]]);
  });

  it('a count that is too large swallows the next file there', () => {
    const text = one.replace('-1,3 +1,3', '-1,9 +1,9') + other;
    expect(parseDiff(text)).toHaveLength(1);
    expect(reason(text)).toBe(
      'fs/dax.c, hunk 1: its @@ line says 9 old and 9 new lines, but the hunk ends after 3 and 3',
    );
  });

  it('a count that is too small drops lines there', () => {
    const text = one.replace('-1,3 +1,3', '-1,2 +1,2');
    expect(parseDiff(text)[0]!.chunks[0]!.changes).toHaveLength(3);
    expect(reason(text)).toBe('fs/dax.c, hunk 1: it goes on behind the 2 old and 2 new lines of its @@ line');
  });

  it('a diff that ends early has a line of context that nobody wrote there', () => {
    const text = one.replace('+TWO\n three\n', '');
    expect(parseDiff(text)[0]!.chunks[0]!.changes.length).toBeGreaterThan(2);
    expect(reason(text)).toMatch(/the text ends after 2 and 1$/);
  });

  it('a wrapped line is a line of context there', () => {
    const text = one.replace(' one\n', ' one which is\nvery long\n').replace('-1,3 +1,3', '-1,4 +1,4');
    expect(parseDiff(text)[0]!.chunks[0]!.changes).toHaveLength(5);
    expect(reason(text)).toMatch(/line 7 is no diff line; a mailer wrapped or re-indented it$/);
  });

  it('a line of prose that begins with dashes is a file there', () => {
    const text = `A commit message.\n--- a thing\nMore words.\n\n${one}`;
    expect(parseDiff(text)).toHaveLength(2);
    expect(kinds(text)).toEqual([['modify', 'fs/dax.c', 'fs/dax.c', undefined]]);
  });

  it('a hunk header of 100,000 digits takes it seconds; here it is refused unread', () => {
    const text = `--- a/fs/dax.c\n+++ b/fs/dax.c\n@@ -${'1'.repeat(100_000)}`;
    const before = performance.now();
    expect(reason(text)).toMatch(/its @@ line has 100004 characters$/);
    expect(performance.now() - before).toBeLessThan(5000);
  });
});
