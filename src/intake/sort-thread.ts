import { parentPort } from 'node:worker_threads';
import type { NewMail } from '../store/store.js';
import { joinBytes, type Share, type SortedShare, splitBytes } from './share.js';
import { sortMail } from './sort-mail.js';

/** Sorts one share after the other, in the order in which they come. */
async function sortShare(share: Share): Promise<SortedShare> {
  const sorted: NewMail[] = [];
  for (const raw of splitBytes(share)) sorted.push(await sortMail(raw));
  const mails = sorted.map(({ bytes: _, ...mail }) => mail);
  return { mails, ...joinBytes(sorted.map((mail) => mail.bytes)) };
}

let last: Promise<void> = Promise.resolve();
parentPort?.on('message', (share: Share) => {
  last = last.then(async () => {
    const sorted = await sortShare(share);
    parentPort?.postMessage(sorted, [sorted.block.buffer]);
  });
});
