import type { FilePatch } from '../change/patch.js';

/** A changed place of a patch, counted in one version of the file. */
export interface ChangedLine {
  file: string;
  /** 1-based; for a deletion seen from the other side: the line that now stands there. */
  line: number;
  /** The line itself is in this version; false where lines are missing from it. */
  present: boolean;
  /** 1-based line of the patch's diff text. */
  hunkLine: number;
}

/** The changed lines that stand in this version of a file. */
export function linesIn(file: string, changed: readonly ChangedLine[]): number[] {
  return changed.filter((each) => each.present && each.file === file).map(({ line }) => line);
}

/** Where a line of a file after a patch stood before it; undefined for one that the patch adds. */
export function lineBefore(
  after: readonly ChangedLine[],
): (file: string, line: number) => number | undefined {
  return (file, line) => {
    let before = line;
    for (const each of after) {
      if (each.file !== file || each.line > line) continue;
      if (!each.present) before++;
      else if (each.line < line) before--;
      else return undefined;
    }
    return before;
  };
}

/** The places that a patch changes, counted in the file before and in the file after it. */
export function changedLines(files: readonly FilePatch[]): { before: ChangedLine[]; after: ChangedLine[] } {
  const before: ChangedLine[] = [];
  const after: ChangedLine[] = [];
  for (const file of files) {
    for (const hunk of file.hunks) {
      let oldLine = hunk.oldStart;
      let newLine = hunk.newStart;
      for (const { kind, at } of hunk.lines) {
        if (kind !== 'context') {
          before.push({ file: file.oldPath, line: oldLine, present: kind === 'delete', hunkLine: at });
          after.push({ file: file.newPath, line: newLine, present: kind === 'add', hunkLine: at });
        }
        if (kind !== 'add') oldLine++;
        if (kind !== 'delete') newLine++;
      }
    }
  }
  return { before, after };
}
