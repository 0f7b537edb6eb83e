import type { Dice } from './dice.js';

const mostBytes = 400_000;

/** Words that mean something to a reader of mails or diffs, wherever they land. */
const words = [
  'diff --git a/fs/dax.c b/fs/dax.c\n',
  '--- a/fs/dax.c\n+++ b/fs/dax.c\n',
  '@@ -1,3 +1,4 @@\n',
  '@@ -0,0 +1,999999999 @@\n',
  '@@@ -1 -1 +1 @@@\n',
  'index 1111111..2222222 100644\n',
  'rename from fs/dax.c\nrename to ../../etc/x\n',
  'GIT binary patch\nliteral 9\n',
  '\\ No newline at end of file\n',
  '-- \n',
  '---\n',
  '> > ',
  '\n\n',
  '\r\n',
  '\0',
  '\u001b[2J',
  '\u202e',
  '"a/\\377\\000"',
  'From x Mon Sep 17 00:00:00 2001\nSubject: [PATCH 1/2] x\n\n',
  'Content-Type: multipart/mixed; boundary=b\n',
  'Content-Transfer-Encoding: base64\n',
  'Content-Type: text/plain; charset=utf-16; format=flowed\n',
  '--b\n',
  'Subject: [PATCH v99999 0/99999] x\n',
  'Message-ID: <a@b>\nMessage-ID: <c@d>\n',
  'References: <a@b> <a@b>\n',
  'In-Reply-To: <edge-1@example.org>\n',
  'base-commit: 0123456789abcdef0123456789abcdef01234567\n',
];

type Mutation = (bytes: Buffer, dice: Dice) => Buffer;

function spliced(bytes: Buffer, at: number, remove: number, put: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + remove)]);
}

function range(bytes: Buffer, dice: Dice): { at: number; length: number } {
  const at = dice.roll(bytes.length + 1);
  return { at, length: dice.roll(Math.min(400, bytes.length - at + 1)) };
}

/** Where a line begins, and how long it is with its end. */
function line(bytes: Buffer, dice: Dice): { at: number; length: number } {
  const at = bytes.lastIndexOf(10, dice.roll(bytes.length + 1)) + 1;
  const end = bytes.indexOf(10, at);
  return { at, length: (end < 0 ? bytes.length : end + 1) - at };
}

const mutations: Mutation[] = [
  (bytes, dice) => spliced(bytes, dice.roll(bytes.length + 1), 1, Buffer.from([dice.roll(256)])),
  (bytes, dice) => {
    const { at, length } = range(bytes, dice);
    return spliced(bytes, at, length, Buffer.alloc(0));
  },
  (bytes, dice) => {
    const { at, length } = range(bytes, dice);
    return spliced(bytes, dice.roll(bytes.length + 1), 0, bytes.subarray(at, at + length));
  },
  (bytes, dice) => spliced(bytes, dice.roll(bytes.length + 1), 0, Buffer.from(dice.of(words))),
  (bytes, dice) => spliced(bytes, line(bytes, dice).at, 0, Buffer.from(dice.of(words))),
  (bytes, dice) => {
    const { at, length } = line(bytes, dice);
    return spliced(bytes, at, length, Buffer.alloc(0));
  },
  (bytes, dice) => {
    const { at, length } = line(bytes, dice);
    return spliced(bytes, line(bytes, dice).at, 0, bytes.subarray(at, at + length));
  },
  (bytes, dice) => {
    const { at, length } = line(bytes, dice);
    // Two thousand lines of any length would only fill the memory of this test.
    const times = Math.min(1 + dice.roll(2000), Math.ceil(mostBytes / Math.max(1, length)));
    return spliced(
      bytes,
      at,
      length,
      Buffer.concat(Array<Buffer>(times).fill(bytes.subarray(at, at + length))),
    );
  },
  (bytes, dice) => spliced(bytes, line(bytes, dice).at, dice.roll(2), Buffer.alloc(0)),
  (bytes, dice) => bytes.subarray(0, dice.roll(bytes.length + 1)),
  (bytes, dice) => {
    const text = bytes.toString('latin1');
    const numbers = [...text.matchAll(/\d+/g)];
    const chosen = numbers[dice.roll(Math.max(1, numbers.length))];
    if (!chosen) return bytes;
    const put = dice.of(['0', '1', '7', '4294967296', '99999999', `${dice.roll(40)}`, '9'.repeat(300)]);
    return spliced(bytes, chosen.index, chosen[0].length, Buffer.from(put));
  },
  (bytes, dice) =>
    spliced(
      bytes,
      dice.roll(bytes.length + 1),
      0,
      Buffer.alloc(
        dice.roll(100_000),
        dice.of([' ', '<', '[', '(', '\t', 'a', '>', '\\', '-', '+', '\n', '=']),
      ),
    ),
];

/** One of the seeds after one to six mutations, or two of them in one. At most `mostBytes`. */
export function mutant(seeds: readonly Buffer[], dice: Dice): Buffer {
  let bytes = dice.of(seeds);
  if (dice.roll(8) === 0) {
    const other = dice.of(seeds);
    bytes = Buffer.concat([
      bytes.subarray(0, dice.roll(bytes.length + 1)),
      other.subarray(dice.roll(other.length + 1)),
    ]);
  }
  for (let left = 1 + dice.roll(6); left > 0; left--)
    bytes = dice.of(mutations)(bytes, dice).subarray(0, mostBytes);
  return bytes;
}
