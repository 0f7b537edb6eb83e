import { limit } from './limit.js';
import type { FilePatch, Problem } from './patch.js';
import { fileOf, type ScannedFile, scanFile } from './scan-file.js';

/** The diff of a text. */
export interface Scan {
  files: FilePatch[];
  problems: Problem[];
  strip: 0 | 1;
  /** The parts of the files, one after the other. */
  text: string;
  /** The 0-based line where the first file begins; the number of lines when there is none. */
  start: number;
}

const extended =
  /^(old mode|new mode|new file mode|deleted file mode|rename (from|to)|copy (from|to)|(dis)?similarity index|index|---|GIT binary patch|Binary files) ?/;

/** Whether a file's part begins here. Prose may hold any single one of these lines. */
function beginsFile(lines: string[], at: number): boolean {
  const line = lines[at]!;
  if (line.startsWith('diff --git '))
    return line.length > limit.headerLine || extended.test(lines[at + 1] ?? '');
  if (!line.startsWith('--- ') || !lines[at + 1]?.startsWith('+++ ')) return false;
  const third = lines[at + 2];
  return third === undefined || third === '' || third.startsWith('@@ ');
}

/** Line ends that a transport turned into CRLF show in the header lines too; those of a file do not. */
function splitLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const header = lines.find((line) => line.startsWith('diff --git ') || line.startsWith('@@ -'));
  if (!header?.endsWith('\r')) return lines;
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

function stray(lines: string[], at: number): Problem | undefined {
  const line = lines[at]!;
  const told = { fatal: true, file: undefined, line: at + 1 };
  if (/^diff --(cc|combined) /.test(line.slice(0, 20))) {
    const reason = `line ${at + 1}: a combined diff of a merge cannot be applied`;
    return { ...told, kind: 'combined', hunk: undefined, reason };
  }
  if (!/^@@ -\d/.test(line.slice(0, 8))) return undefined;
  const reason = `line ${at + 1}: a hunk stands outside of any file`;
  return { ...told, kind: 'malformed', hunk: 1, reason };
}

/** Finds every file's part and every hunk that belongs to none. */
function scanFiles(lines: string[]): { files: ScannedFile[]; problems: Problem[] } {
  const files: ScannedFile[] = [];
  const problems: Problem[] = [];
  for (let i = 0; i < lines.length; ) {
    if (files.length > 0 && lines[i] === '-- ') break;
    if (beginsFile(lines, i)) {
      const file = scanFile(lines, i);
      files.push(file);
      i = Math.max(file.end, i + 1);
      if (files.length > limit.files) break;
      continue;
    }
    // Behind a damaged hunk its own rest looks stray; saying so again would only hide the cause.
    const quiet = files.at(-1)?.fault !== undefined || problems.length >= limit.problems;
    const odd = quiet ? undefined : stray(lines, i);
    if (odd) problems.push(odd);
    i++;
  }
  // A commit message may quote a hunk; git passes over it too.
  const start = files[0]?.start ?? 0;
  return { files, problems: problems.filter((problem) => problem.line! > start) };
}

/** Turns indices of the body into 1-based lines of the joined text. */
function rebase(file: FilePatch, at: number): void {
  const shift = at - file.at;
  for (const hunk of file.hunks) {
    hunk.at += shift;
    for (const line of hunk.lines) line.at += shift;
  }
  file.at = at;
}

function join(files: FilePatch[]): string {
  let at = 1;
  for (const file of files) {
    const start = at;
    at += file.text.split('\n').length - 1;
    rebase(file, start);
  }
  return files.map((file) => file.text).join('');
}

/**
 * Finds the diff in a text that may hold anything. Every hunk is recounted; what does not add up is a
 * problem with its file, hunk and line. Prose around the diff is ignored. Time is linear in the text.
 */
export function scan(text: string): Scan {
  const lines = splitLines(text);
  const { files: scanned, problems } = scanFiles(lines);
  const strip = scanned.find((file) => file.prefix !== undefined)?.prefix ?? 1;
  const files: FilePatch[] = [];
  for (const file of scanned.slice(0, limit.files)) {
    const { patch, problems: more } = fileOf(file, lines, file.prefix ?? strip);
    if (patch) files.push(patch);
    problems.push(...more);
  }
  if (scanned.length > limit.files) problems.push(tooMany());
  const mixed = scanned.find((file) => file.prefix !== undefined && file.prefix !== strip);
  if (mixed) problems.push(mixedPrefixes(mixed));
  problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const start = scanned[0]?.start ?? lines.length;
  return { files, problems: problems.slice(0, limit.problems), strip, text: join(files), start };
}

function tooMany(): Problem {
  const reason = `the patch touches more than ${limit.files} files`;
  return { kind: 'too-large', fatal: true, file: undefined, hunk: undefined, line: undefined, reason };
}

function mixedPrefixes(file: ScannedFile): Problem {
  const line = file.start + 1;
  const reason = `line ${line}: some paths have a prefix such as a/ and b/, others have none`;
  return { kind: 'malformed', fatal: true, file: undefined, hunk: undefined, line, reason };
}
