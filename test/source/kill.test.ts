import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { digestOf, openStore } from '../../src/store/store.js';
import { deliver } from './deliver.js';
import { appendToEpoch, countOf, epochOf, mailsAsCommits } from './make-archive.js';
import { makeMails } from './make-mail.js';
import { asMbox } from './make-mbox.js';
import { openFolder } from './server.js';

const child = fileURLToPath(new URL('./ingest-child.ts', import.meta.url));
const count = 300;

/** A sequence that is the same in every run and looks like none. */
function* chance(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Runs until it has told `after` mails and some microseconds more, then kills it. Answers whether it ended before. */
function runAndKill(address: string, store: string, after: number, delayMs: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const run = spawn(process.execPath, ['--import', 'tsx', child, address, store, '7'], { stdio: 'pipe' });
    let errors = '';
    run.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    run.stdout.on('data', (chunk: Buffer) => {
      const told = Number(chunk.toString().trim().split('\n').at(-1));
      if (told >= after) setTimeout(() => run.kill('SIGKILL'), delayMs);
    });
    run.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(false);
      else if (code === 0) resolve(true);
      else reject(new Error(errors));
    });
  });
}

describe('a process that is killed while it takes mail in', () => {
  const folder = openFolder();
  const mails = makeMails(count);
  const archive = folder('archive');
  appendToEpoch(epochOf(archive), mailsAsCommits(mails));
  const maildir = folder('maildir');
  for (const raw of mails) deliver(maildir, raw);
  const mbox = join(folder('mbox'), 'list.mbox');
  writeFileSync(mbox, asMbox(mails));

  it.each([
    ['an archive in git', archive, 10],
    ['a Maildir', maildir, 3],
    ['an mbox', mbox, 2],
  ])('loses and repeats nothing of %s, killed again and again', async (_, address, kills) => {
    const file = join(folder(`store-${kills}`), 'mail.db');
    const random = chance(kills);
    let killed = 0;
    for (let n = 0; n < kills; n++) {
      const share = (count / kills) * random.next().value;
      if (!(await runAndKill(address, file, share, 4 * random.next().value))) killed++;
    }
    // The last run is left alone.
    await runAndKill(address, file, Number.POSITIVE_INFINITY, 0);
    const store = openStore(file);
    const { messages, unique } = store.tally();
    expect({ messages, unique, lost: mails.filter((raw) => !store.has(digestOf(raw))).length }).toEqual({
      messages: count,
      unique: count,
      lost: 0,
    });
    store.close();
    expect(killed).toBeGreaterThan(kills / 2);
    expect(countOf(epochOf(archive))).toBe(count);
  });
});
