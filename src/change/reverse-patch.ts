import type { FilePatch, Hunk, HunkLine, Patch } from './patch.js';

/** Paths that a diff spells as they are, without quotes. */
const plainPath = /^[\w.+@,/-]+$/;

/**
 * The diff that takes a patch back, as git writes it. Kept apart from `git apply -R` because what is reviewed
 * is a text. Files that have no lines to turn around are a problem of one line.
 */
export function reversePatch(patch: Patch): string | { problem: string } {
  for (const file of patch.files) {
    const { kind, oldPath, newPath } = file;
    if (kind === 'binary' || kind === 'link' || kind === 'copy')
      return { problem: `${newPath}: a ${kind} cannot be taken back` };
    if (!plainPath.test(oldPath) || !plainPath.test(newPath))
      return { problem: `${newPath}: a path with such characters cannot be taken back` };
  }
  return patch.files.map(reverseFile).join('');
}

function reverseFile(file: FilePatch): string {
  const { kind, oldPath, newPath, oldMode, newMode } = file;
  const lines = [`diff --git a/${newPath} b/${oldPath}`];
  if (kind === 'add') lines.push(`deleted file mode ${newMode ?? '100644'}`);
  if (kind === 'delete') lines.push(`new file mode ${oldMode ?? '100644'}`);
  if (kind === 'rename') lines.push(`rename from ${newPath}`, `rename to ${oldPath}`);
  if (file.oldBlob !== undefined && file.newBlob !== undefined)
    lines.push(`index ${file.newBlob}..${file.oldBlob}`);
  if (file.hunks.length > 0) {
    lines.push(kind === 'delete' ? '--- /dev/null' : `--- a/${newPath}`);
    lines.push(kind === 'add' ? '+++ /dev/null' : `+++ b/${oldPath}`);
  }
  return [...lines, ...file.hunks.flatMap(reverseHunk)].map((line) => `${line}\n`).join('');
}

function reverseHunk(hunk: Hunk): string[] {
  const head = `@@ -${hunk.newStart},${hunk.newLines} +${hunk.oldStart},${hunk.oldLines} @@`;
  const lines: string[] = [hunk.section === '' ? head : `${head} ${hunk.section}`];
  let deleted: HunkLine[] = [];
  let added: HunkLine[] = [];
  // Deletions come before additions, whichever way a diff is read.
  const flush = () => {
    lines.push(...added.flatMap((line) => spell('-', line)), ...deleted.flatMap((line) => spell('+', line)));
    deleted = [];
    added = [];
  };
  for (const line of hunk.lines) {
    if (line.kind === 'delete') deleted.push(line);
    else if (line.kind === 'add') added.push(line);
    else {
      flush();
      lines.push(...spell(' ', line));
    }
  }
  flush();
  return lines;
}

function spell(mark: string, { text, noNewline }: HunkLine): string[] {
  return noNewline ? [mark + text, '\\ No newline at end of file'] : [mark + text];
}
