import { isBlob } from './blob-id.js';
import type { FilePatch, Hunk, Patch } from './patch.js';
import { bare, fitsAt, movedTo, placeSaid, placesOf, sideOf } from './place-hunk.js';
import { scan } from './scan.js';

/** The only place where a hunk's lines stand but for white space; the place it names counts in the exact file. */
function certainPlace(lines: string[], hunk: Hunk, exact: boolean): number | undefined {
  const wanted = sideOf(hunk, 'old').map(bare);
  if (wanted.length === 0) return placeSaid(hunk);
  // Lines without a letter stand everywhere.
  if (wanted.every((line) => !/\w/.test(line))) return undefined;
  if (exact && fitsAt(lines, wanted, placeSaid(hunk))) return placeSaid(hunk);
  const places = placesOf(lines, wanted, 2);
  return places.length === 1 ? places[0] : undefined;
}

function withLinesOf(file: string[], hunk: Hunk, place: number): Hunk {
  let next = place;
  const lines = hunk.lines.map((line) => (line.kind === 'add' ? line : { ...line, text: file[next++]! }));
  return { ...hunk, lines };
}

/** All hunks of a file at their places with the file's own lines; undefined when one is not certain. */
function restoreFile(file: FilePatch, bytes: Buffer, encoding: BufferEncoding): Hunk[] | undefined {
  const text = bytes.toString(encoding).split('\n');
  const lines = text.map(bare);
  const exact = file.oldBlob !== undefined && isBlob(bytes, file.oldBlob);
  const hunks: Hunk[] = [];
  let [end, grown] = [0, 0];
  for (const hunk of file.hunks) {
    const place = certainPlace(lines, hunk, exact);
    if (place === undefined || place < end) return undefined;
    hunks.push(movedTo(withLinesOf(text, hunk, place), place, grown));
    end = place + hunk.oldLines;
    grown += hunk.newLines - hunk.oldLines;
  }
  return hunks;
}

const signs = { context: ' ', delete: '-', add: '+' } as const;

function hunkText(hunk: Hunk): string {
  const { oldStart, oldLines, newStart, newLines, section } = hunk;
  const behind = section === '' ? '' : ` ${section}`;
  const lines = hunk.lines.map(({ kind, text, noNewline }) => {
    return `${signs[kind]}${text}${noNewline ? '\n\\ No newline at end of file' : ''}\n`;
  });
  return `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@${behind}\n${lines.join('')}`;
}

function fileText(file: FilePatch, hunks: Hunk[]): string {
  const header = file.text.split('\n').slice(0, file.hunks[0]!.at - file.at);
  return `${header.join('\n')}\n${hunks.map(hunkText).join('')}`;
}

/**
 * A patch whose white space was damaged, with the lines of these files in place of its own: every hunk must
 * stand at exactly one place when white space does not count. undefined when one does not, or when there was nothing to mend.
 * Added lines stay as they are; nobody knows theirs.
 */
export function restoreWhiteSpace(patch: Patch, files: ReadonlyMap<string, Buffer>): Patch | undefined {
  const texts: string[] = [];
  for (const file of patch.files) {
    const bytes = files.get(file.oldPath);
    if (bytes === undefined || file.kind === 'add' || file.hunks.length === 0) {
      texts.push(file.text);
      continue;
    }
    const hunks = restoreFile(file, bytes, patch.message.encoding);
    if (!hunks) return undefined;
    texts.push(fileText(file, hunks));
  }
  const result = scan(texts.join(''));
  if (result.text === patch.text || result.problems.some((problem) => problem.fatal)) return undefined;
  const repairs = [...patch.repairs, 'white space of its old lines was taken from the file before the patch'];
  return { ...patch, files: result.files, text: result.text, repairs };
}
