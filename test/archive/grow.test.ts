import { describe, expect, it } from 'vitest';
import { blobId } from '../../src/change/blob-id.js';
import type { Patch } from '../../src/change/patch.js';
import { patchOf } from '../change/plain-message.js';
import { type Blobs, grow, known } from './grow.js';

const contents = ['one', 'two', 'three', 'four'].map((word) => Buffer.from(`begin\n${word}\nend\n`));
const ids = contents.map((content) => blobId(content));

/** From one content to the next, with the ids that a mail says. */
function patch(from: number, to: number, said = ids[to]!): Patch {
  const [old, made] = [contents[from], contents[to]].map((content) => content!.toString().split('\n')[1]);
  return patchOf(
    `diff --git a/fs/x.c b/fs/x.c\nindex ${ids[from]!.slice(0, 10)}..${said.slice(0, 10)} 100644\n` +
      `--- a/fs/x.c\n+++ b/fs/x.c\n@@ -1,3 +1,3 @@\n begin\n-${old}\n+${made}\n end\n`,
  );
}

function start(at: number): Blobs {
  return new Map([['fs/x.c', new Map([[ids[at]!, contents[at]]])]]);
}

describe('contents that patches lead to', () => {
  it('are reached over several patches, in whatever order they come', () => {
    const blobs = start(0);
    expect(grow(blobs, [patch(2, 3), patch(1, 2), patch(0, 1)], () => undefined)).toBe(3);
    expect(known(blobs, 'fs/x.c', ids[3]!.slice(0, 7))).toBe(ids[3]);
    expect(blobs.get('fs/x.c')!.get(ids[3]!)).toEqual(contents[3]);
  });

  it('are reached backwards too', () => {
    const blobs = start(3);
    expect(grow(blobs, [patch(1, 2), patch(2, 3)], () => undefined)).toBe(2);
    expect(blobs.get('fs/x.c')!.get(ids[1]!)).toEqual(contents[1]);
  });

  it('are not kept under an id that is not theirs', () => {
    const blobs = start(0);
    expect(grow(blobs, [patch(0, 1, '1234567890'.repeat(4))], () => undefined)).toBe(0);
    expect([...blobs.get('fs/x.c')!.keys()]).toEqual([ids[0]]);
  });
});
