import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { IntakeOptions, IntakeReport } from '../../src/finding/intake.js';
import { ingest } from '../../src/intake/ingest.js';
import { takeIn } from '../../src/intake/take-in.js';
import { openStore } from '../../src/store/store.js';
import { deliver } from '../source/deliver.js';
import { makeMail, makeMails, messageId } from '../source/make-mail.js';
import { asMbox } from '../source/make-mbox.js';
import { openForTest } from '../source/read-all.js';
import { openFolder } from '../source/server.js';

const folder = openFolder();

function options(sources: string[], more: Partial<IntakeOptions> = {}): IntakeOptions {
  return {
    sources,
    follow: false,
    signal: new AbortController().signal,
    environment: {},
    stdin: (async function* () {})(),
    onProgress: () => {},
    onTrouble: () => {},
    ...more,
  };
}

async function report(answer: ReturnType<typeof takeIn>): Promise<IntakeReport> {
  const told = await answer;
  if ('problem' in told) throw new Error(told.problem);
  return told;
}

describe('an intake', () => {
  it('counts what a source holds when it is to keep nothing', async () => {
    const mbox = join(folder('mbox'), 'list');
    writeFileSync(mbox, asMbox(makeMails(9)));
    expect(await report(takeIn(options([mbox])))).toMatchObject({
      messages: 9,
      unique: 9,
      patches: 3,
      series: 3,
      touched: 0,
      malformed: 0,
      notKernel: 0,
      fresh: 9,
    });
  });

  it('tells patches of the kernel from those of others, modelled files from the rest, and sound ones from broken', async () => {
    const patch = (path: string, subject: string, more = '') =>
      Buffer.from(
        `From: a@b.c\nSubject: ${subject}\nMessage-ID: <${path}${more}@x>\n\ntext\n---\ndiff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1,2 +1,2 @@\n one\n-two\n+three\n${more}`,
      );
    const mbox = join(folder('kinds'), 'list');
    writeFileSync(
      mbox,
      asMbox([
        patch('fs/dax.c', '[PATCH] dax: x'),
        patch('mm/memory.c', '[PATCH] mm: x'),
        patch('ndctl/list.c', '[ndctl PATCH] list: x'),
        patch('fs/ext4/inode.c', '[PATCH] ext4: x'),
        patch('fs/dax.c', '[PATCH] dax: broken', ' one line that the count leaves out\n'),
        patch('fs/xfs/x.c', 'Re: [PATCH] xfs: an answer'),
      ]),
    );
    expect(await report(takeIn(options([mbox])))).toMatchObject({
      patches: 5,
      touched: 3,
      touchedFiles: { 'fs/dax.c': 2, 'mm/memory.c': 1 },
      notKernel: 1,
      malformed: 1,
    });
  });

  it('sorts many mails on a thread as it sorts few of them here', async () => {
    const mbox = join(folder('many'), 'list');
    writeFileSync(mbox, asMbox(makeMails(450)));
    const [few, many] = [7, 500].map((arrivals) => ({ arrivals, bytes: 1 << 24 }));
    const tallies = [];
    for (const [at, batch] of [few, many].entries()) {
      const store = openStore(join(folder(`many-${at}`), 'mail.db'));
      await ingest(await openForTest(mbox), store, { batch: batch! });
      const thread = store.thread(messageId(300), 10);
      tallies.push({ ...store.tally(), thread });
      store.close();
    }
    expect(tallies[0]).toEqual(tallies[1]);
    expect(tallies[1]).toMatchObject({ messages: 450, unique: 450, patches: 150 });
    expect(tallies[1]!.thread).toEqual([299, 300].map((number) => makeMail(number)));
  });

  it('follows two folders at once until it is told to stop', async () => {
    const [one, other] = [folder('one'), folder('other')];
    for (const maildir of [one, other]) deliver(maildir, makeMail(0));
    const store = join(folder('store'), 'mail.db');
    const stop = new AbortController();
    const running = report(takeIn(options([one, other], { follow: true, store, signal: stop.signal })));
    setTimeout(() => deliver(one, makeMail(1)), 300);
    setTimeout(() => deliver(other, makeMail(2)), 300);
    const seen = () => {
      const reader = openStore(store);
      const found = [1, 2].map((number) => reader.find(messageId(number)).length);
      reader.close();
      return found;
    };
    await expect.poll(seen, { timeout: 30_000, interval: 200 }).toEqual([1, 1]);
    stop.abort();
    expect(await running).toMatchObject({ messages: 4, unique: 3 });
  });

  it.each([
    ['a source that is not there', ['nothing/here'], {}, 2],
    ['a server that nobody runs', ['nntp://127.0.0.1:1/group'], {}, 4],
    ['a store that cannot be made', ['-'], { store: 'nothing/here/mail.db' }, 2],
  ])('of %s ends with one line and its code', async (_, sources, more, exit) => {
    const answer = await takeIn(options(sources, more));
    expect(answer).toMatchObject({ exit, problem: expect.stringMatching(/^[^\n]+$/) });
  });
});
