import { blobId, isNullId } from '../../src/change/blob-id.js';
import type { FilePatch, Hunk, Patch } from '../../src/change/patch.js';
import { fitsAt, placeSaid, sideOf } from '../../src/change/place-hunk.js';

/** Contents of files by path and full blob id. Undefined stands for a content that is not read yet. */
export type Blobs = Map<string, Map<string, Buffer | undefined>>;

export type ReadBlob = (id: string) => Buffer | undefined;

/** What the hunks make of a content, or, backwards, of what they left; undefined where one does not fit. */
function turned(content: string, hunks: Hunk[], from: 'old' | 'new'): string | undefined {
  const lines = content.split('\n');
  const result: string[] = [];
  let next = 0;
  for (const hunk of hunks) {
    const place = from === 'old' ? placeSaid(hunk) : hunk.newLines === 0 ? hunk.newStart : hunk.newStart - 1;
    const wanted = sideOf(hunk, from);
    if (place < next || !fitsAt(lines, wanted, place)) return undefined;
    result.push(...lines.slice(next, place), ...sideOf(hunk, from === 'old' ? 'new' : 'old'));
    next = place + wanted.length;
  }
  return [...result, ...lines.slice(next)].join('\n');
}

/** The full id of a content of this path that an abbreviation names. */
export function known(blobs: Blobs, path: string, id: string | undefined): string | undefined {
  if (id === undefined || isNullId(id)) return undefined;
  return [...(blobs.get(path)?.keys() ?? [])].find((full) => full.startsWith(id));
}

interface Step {
  file: FilePatch;
  encoding: 'utf8' | 'latin1';
}

/** A new content is kept only under the id that the mail says it has. */
function keep(blobs: Blobs, path: string, content: Buffer, said: string): boolean {
  const id = blobId(content);
  if (!id.startsWith(said)) return false;
  blobs.set(path, (blobs.get(path) ?? new Map()).set(id, content));
  return true;
}

function contentOf(blobs: Blobs, path: string, id: string, read: ReadBlob): Buffer | undefined {
  const content = blobs.get(path)?.get(id) ?? read(id);
  if (content !== undefined) blobs.get(path)!.set(id, content);
  return content;
}

/** Takes one step from a content that is known to one that is not; false where it leads nowhere. */
function take({ file, encoding }: Step, blobs: Blobs, read: ReadBlob): boolean {
  const { oldPath, newPath, oldBlob, newBlob, hunks } = file;
  if (!newBlob || !oldBlob || hunks.length === 0) return false;
  const [before, after] = [known(blobs, oldPath, oldBlob), known(blobs, newPath, newBlob)];
  if (file.kind === 'add') {
    if (after !== undefined) return false;
    const text = `${hunks.flatMap((hunk) => sideOf(hunk, 'new')).join('\n')}\n`;
    return keep(blobs, newPath, Buffer.from(text, encoding), newBlob);
  }
  if ((before === undefined) === (after === undefined) || file.kind === 'delete') return false;
  const forward = before !== undefined;
  const start = contentOf(blobs, forward ? oldPath : newPath, (before ?? after)!, read);
  const text = start && turned(start.toString(encoding), hunks, forward ? 'old' : 'new');
  if (text === undefined) return false;
  return keep(blobs, forward ? newPath : oldPath, Buffer.from(text, encoding), forward ? newBlob : oldBlob);
}

/**
 * Patches lead from one content to the next, and back. From the contents that are known, every one that can be
 * reached so is made, and proved by its id. Answers how many were.
 */
export function grow(blobs: Blobs, patches: Patch[], read: ReadBlob): number {
  let steps: Step[] = patches.flatMap(({ files, message }) =>
    files.map((file) => ({ file, encoding: message.encoding })),
  );
  let made = 0;
  for (let before = -1; made > before; ) {
    before = made;
    const left = steps.filter((step) => !take(step, blobs, read));
    made += steps.length - left.length;
    steps = left;
  }
  return made;
}
