import type { FilePatch, Hunk, Patch } from './patch.js';
import { fitsAt, movedTo, placeSaid, sideOf } from './place-hunk.js';

/** The place nearest to the one that the hunk names, as git looks for it. */
function nearestPlace(lines: string[], hunk: Hunk): number | undefined {
  const wanted = sideOf(hunk, 'old');
  const said = placeSaid(hunk);
  if (wanted.length === 0) return said;
  for (let away = 0; away <= lines.length; away++) {
    if (fitsAt(lines, wanted, said + away)) return said + away;
    if (fitsAt(lines, wanted, said - away)) return said - away;
  }
  return undefined;
}

/** The file that these hunks make of its lines when each stands at its place. */
function applied(lines: string[], hunks: Hunk[]): string[] {
  const result: string[] = [];
  let next = 0;
  for (const hunk of hunks) {
    const place = placeSaid(hunk);
    result.push(...lines.slice(next, place), ...sideOf(hunk, 'new'));
    next = place + hunk.oldLines;
  }
  return [...result, ...lines.slice(next)];
}

function placedFile(file: FilePatch, before: string, after: string): FilePatch {
  const lines = before.split('\n');
  if (file.hunks.every((hunk) => fitsAt(lines, sideOf(hunk, 'old'), placeSaid(hunk)))) return file;
  const hunks: Hunk[] = [];
  let grown = 0;
  for (const hunk of file.hunks) {
    const place = nearestPlace(lines, hunk);
    if (place === undefined) return file;
    hunks.push(movedTo(hunk, place, grown));
    grown += hunk.newLines - hunk.oldLines;
  }
  // Only if the hunks lead to what git made of the file are these the places where git put them.
  const reached = applied(lines, hunks).join('\n');
  return reached.trimEnd() === after.trimEnd() ? { ...file, hunks } : file;
}

/**
 * The patch with its line numbers as they are in these files: git finds a hunk that has moved, and who
 * points at a changed line must find the same.
 */
export function placed(
  patch: Patch,
  before: ReadonlyMap<string, Buffer>,
  after: ReadonlyMap<string, Buffer>,
): Patch {
  const named = patch.files.map((file) => file.oldPath);
  const files = patch.files.map((file) => {
    const [old, made] = [before.get(file.oldPath), after.get(file.newPath)];
    // A file that is named twice changes under its second part.
    if (!old || !made || named.filter((path) => path === file.oldPath).length > 1) return file;
    return placedFile(file, old.toString(patch.message.encoding), made.toString(patch.message.encoding));
  });
  return { ...patch, files };
}
