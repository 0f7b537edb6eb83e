import type { Worker } from 'node:worker_threads';
import type { NewMail } from '../store/store.js';
import { startThread } from '../thread.js';
import { joinBytes, type SortedShare, splitBytes } from './share.js';
import { sortMail } from './sort-mail.js';

/** Below this many mails a thread takes longer to begin than it saves. */
const worthwhile = 200;

interface Thread {
  worker: Worker;
  /** Shares that were sent and did not come back, oldest first. */
  waiting: { take: (sorted: SortedShare) => void; fail: (error: Error) => void }[];
}

function begin(): Thread {
  const worker = startThread('./sort-thread', import.meta.url, {
    // Mails are short-lived; without a bound they pile up before they are swept out.
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  const thread: Thread = { worker, waiting: [] };
  worker.on('message', (sorted: SortedShare) => thread.waiting.shift()?.take(sorted));
  const end = (error: Error) => {
    for (const { fail } of thread.waiting.splice(0)) fail(error);
  };
  worker.on('error', end);
  worker.on('exit', () => end(new Error('a thread that sorted mails ended before it had done so')));
  return thread;
}

async function sortIn(thread: Thread, raws: Buffer[]): Promise<NewMail[]> {
  const share = joinBytes(raws);
  const sorted = await new Promise<SortedShare>((take, fail) => {
    thread.waiting.push({ take, fail });
    thread.worker.postMessage(share, [share.block.buffer]);
  });
  const bytes = splitBytes(sorted);
  return sorted.mails.map((mail, at) => ({ ...mail, bytes: bytes[at]! }));
}

/** Sorts mails: a few here, many on a thread beside this one, which reads the source and writes the store. */
export class Sorter {
  private thread: Thread | undefined;

  async sort(raws: Buffer[]): Promise<NewMail[]> {
    if (raws.length < worthwhile) return Promise.all(raws.map(sortMail));
    this.thread ??= begin();
    return sortIn(this.thread, raws);
  }

  async close(): Promise<void> {
    await this.thread?.worker.terminate();
    this.thread = undefined;
  }
}
