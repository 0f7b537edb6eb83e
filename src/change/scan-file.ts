import { nameFile, prefixOf, shown } from './name-file.js';
import type { FileKind, FilePatch, Hunk, Problem, ProblemKind } from './patch.js';
import { type FileHeader, scanHeader } from './scan-header.js';
import { scanHunk } from './scan-hunk.js';

/** One file's part of a diff. Line numbers in it are still 0-based indices into the body. */
export interface ScannedFile {
  header: FileHeader;
  /** Leading components of its names; undefined when they do not tell. */
  prefix: 0 | 1 | undefined;
  hunks: Hunk[];
  start: number;
  /** The index behind its last line. */
  end: number;
  fault: { kind: ProblemKind; line: number; hunk: number | undefined; reason: string } | undefined;
}

/** Reads hunks until something else begins. */
function scanHunks(lines: string[], from: number, file: ScannedFile): void {
  file.end = from;
  while (lines[file.end]?.startsWith('@@')) {
    const number = file.hunks.length + 1;
    if (lines[file.end]!.startsWith('@@@')) {
      const reason = 'it is a combined diff of a merge, which cannot be applied';
      file.fault = { kind: 'combined', line: file.end, hunk: number, reason };
      return;
    }
    const { hunk, end, fault } = scanHunk(lines, file.end, number);
    if (hunk) file.hunks.push(hunk);
    file.end = end;
    if (!fault) continue;
    file.fault = { ...fault, hunk: number };
    return;
  }
}

/** A header that promises hunks must be followed by one. */
function checkHunks(file: ScannedFile): void {
  const { header } = file;
  if (file.fault || file.hunks.length > 0 || header.binary) return;
  const differs = header.oldBlob !== header.newBlob && !header.added && !header.deleted;
  if (header.minus === undefined && !differs) return;
  file.fault = {
    kind: 'truncated',
    line: file.end,
    hunk: undefined,
    reason: 'its header promises a hunk and none follows',
  };
}

/** Reads the file whose header has the 0-based index `start`. */
export function scanFile(lines: string[], start: number): ScannedFile {
  const { header, end, tooLong } = scanHeader(lines, start);
  const file: ScannedFile = { header, prefix: prefixOf(header), hunks: [], start, end, fault: undefined };
  if (tooLong !== undefined) {
    const reason = `line ${tooLong + 1} of its header has ${lines[tooLong]!.length} characters`;
    file.fault = { kind: 'too-large', line: tooLong, hunk: undefined, reason };
    return file;
  }
  if (header.minus !== undefined) scanHunks(lines, end, file);
  checkHunks(file);
  return file;
}

/** Old diffs show a new file only by its counts. */
function kindByCounts(kind: FileKind, file: ScannedFile): FileKind {
  const [hunk, second] = file.hunks;
  if (kind !== 'modify' || file.header.git || !hunk || second) return kind;
  if (hunk.oldStart === 0 && hunk.oldLines === 0) return 'add';
  return hunk.newStart === 0 && hunk.newLines === 0 ? 'delete' : kind;
}

/** What the reader should know about a file that is left out. */
function leftOut(kind: FileKind): Pick<Problem, 'kind' | 'reason'> | undefined {
  if (kind === 'binary') return { kind: 'binary', reason: 'it is binary and was left out' };
  if (kind === 'link')
    return { kind: 'not-a-file', reason: 'it is a symbolic link or a submodule and was left out' };
  return undefined;
}

function problem(
  file: ScannedFile,
  path: string,
  kind: ProblemKind,
  fatal: boolean,
  reason: string,
): Problem {
  const at = file.fault?.line ?? file.start;
  const where = file.fault?.hunk === undefined ? '' : `, hunk ${file.fault.hunk}`;
  return {
    kind,
    fatal,
    file: path,
    hunk: file.fault?.hunk,
    line: at + 1,
    reason: `${path}${where}: ${reason}`,
  };
}

/** A scanned file as a file patch (`at` still relative to the body), and what is wrong with it. */
export function fileOf(
  file: ScannedFile,
  lines: string[],
  prefix: 0 | 1,
): { patch: FilePatch | undefined; problems: Problem[] } {
  const { header } = file;
  const name = nameFile(header, prefix);
  if ('reason' in name) {
    const told = problem(file, shown(header.plus ?? header.git?.[1] ?? ''), 'unsafe-path', true, '');
    if (!file.fault) return { patch: undefined, problems: [{ ...told, reason: name.reason }] };
    const reason = `line ${file.start + 1}: ${file.fault.reason}`;
    return { patch: undefined, problems: [{ ...told, kind: file.fault.kind, reason }] };
  }
  const kind = kindByCounts(name.kind, file);
  const { oldBlob, newBlob, oldMode, newMode, similarity } = header;
  const text = lines.slice(file.start, file.end).join('\n').concat('\n');
  const blobs = { oldBlob, newBlob, oldMode, newMode, similarity };
  const patch = { ...name, kind, ...blobs, hunks: file.hunks, text, at: file.start };
  if (file.fault)
    return { patch, problems: [problem(file, name.newPath, file.fault.kind, true, file.fault.reason)] };
  const omission = leftOut(kind);
  return {
    patch,
    problems: omission ? [problem(file, name.newPath, omission.kind, false, omission.reason)] : [],
  };
}
