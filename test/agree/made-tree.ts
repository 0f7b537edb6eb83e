import type { FilePatch, Hunk, Patch } from '../../src/change/patch.js';
import { placeSaid } from '../../src/change/place-hunk.js';
import type { Tree } from '../../src/change/tree.js';

/** A line of a file before the series: what some patch expects there, or nothing that anybody has said. */
interface Cell {
  text: string | undefined;
}

/** A file while the patches pass over it. */
interface Growing {
  /** As it was before the first patch; undefined for a file that a patch added. */
  first: Cell[] | undefined;
  now: Cell[];
  /** Its last line has no line end. */
  open: boolean;
}

function pad(file: Growing, length: number): void {
  while (file.now.length < length) {
    const cell = { text: undefined };
    file.now.push(cell);
    file.first?.push(cell);
  }
}

function trailing(hunk: Hunk): number {
  return hunk.lines.length - 1 - hunk.lines.findLastIndex(({ kind }) => kind !== 'context');
}

/** What a hunk expects becomes known; what it changes is changed. */
function pass(file: Growing, hunk: Hunk, place: number): void {
  pad(file, place + hunk.oldLines);
  let at = place;
  for (const { kind, text, noNewline } of hunk.lines) {
    if (kind === 'add') file.now.splice(at++, 0, { text });
    else {
      file.now[at]!.text ??= text;
      if (kind === 'delete') file.now.splice(at, 1);
      else at++;
      file.open ||= noNewline;
    }
  }
  // A hunk with less context behind than before it may have to stand at the end.
  if (trailing(hunk) >= 3) pad(file, at + 1);
}

function passFile(file: Growing, { hunks }: FilePatch): void {
  let grown = 0;
  for (const hunk of hunks) {
    pass(file, hunk, placeSaid(hunk) + grown);
    grown += hunk.newLines - hunk.oldLines;
  }
}

function textOf(path: string, { first, open }: Growing): string {
  const lines = first!.map(({ text }, at) => text ?? `${path} has a line ${at + 1}`);
  return lines.length === 0 ? '' : lines.join('\n') + (open ? '' : '\n');
}

/** The files that a series expects before its first patch; lines that no patch shows are made up. */
export function filesFor(patches: Patch[]): Map<string, Buffer> {
  const all = new Map<string, Growing>();
  const now = new Map<string, Growing>();
  for (const patch of patches)
    for (const file of patch.files) {
      if (file.kind === 'binary' || file.kind === 'link') continue;
      let growing = now.get(file.oldPath);
      if (!growing || file.kind === 'add') {
        growing = { first: file.kind === 'add' ? undefined : [], now: [], open: false };
        if (growing.first && !all.has(file.oldPath)) all.set(file.oldPath, growing);
      }
      if (file.kind === 'copy') growing = { first: undefined, now: [...growing.now], open: growing.open };
      else now.delete(file.oldPath);
      passFile(growing, file);
      if (file.kind !== 'delete') now.set(file.newPath, growing);
    }
  const { encoding } = patches[0]!.message;
  return new Map([...all].map(([path, file]) => [path, Buffer.from(textOf(path, file), encoding)]));
}

/** These files as a tree. */
export function treeOf(files: ReadonlyMap<string, Buffer>): Tree {
  return {
    name: 'made',
    kind: 'folder',
    readBytes: async (path) => files.get(path),
    read: async (path) => files.get(path)?.toString('utf8'),
    states: async () => [{ label: 'made', at: undefined }],
    close: async () => {},
  };
}
