import parseDiff from 'parse-diff';
import type { FilePatch, Hunk } from './patch.js';

/** parse-diff knows only the English form and takes every other one for a line of context. */
function inEnglish(text: string): string {
  const lines = text.split('\n');
  return lines.map((line) => (line.startsWith('\\ ') ? '\\ No newline at end of file' : line)).join('\n');
}

function hunkDiffers(hunk: Hunk, chunk: parseDiff.Chunk): boolean {
  const counts = chunk.oldLines !== hunk.oldLines || chunk.newLines !== hunk.newLines;
  if (counts || chunk.oldStart !== hunk.oldStart || chunk.newStart !== hunk.newStart) return true;
  const changes = chunk.changes.filter((change) => !change.content.startsWith('\\'));
  if (changes.length !== hunk.lines.length) return true;
  return hunk.lines.some((line, index) => {
    const change = changes[index]!;
    const kind = change.type === 'normal' ? 'context' : change.type === 'add' ? 'add' : 'delete';
    return kind !== line.kind || change.content.slice(1) !== line.text;
  });
}

/**
 * The first difference between what this scanner and parse-diff read in the same text; undefined when they
 * agree. Both were written apart, so a diff that they read differently is one that misleads somebody.
 */
export function compareParsers(files: FilePatch[], text: string): { file: string; hunk: number } | undefined {
  const others = parseDiff(inEnglish(text));
  for (const [index, file] of files.entries()) {
    const chunks = others[index]?.chunks ?? [];
    const differing = file.hunks.findIndex((hunk, at) => !chunks[at] || hunkDiffers(hunk, chunks[at]));
    if (differing >= 0 || chunks.length !== file.hunks.length)
      return { file: file.newPath, hunk: Math.max(differing, 0) + 1 };
  }
  return undefined;
}
