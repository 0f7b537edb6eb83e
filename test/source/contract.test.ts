import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingest } from '../../src/intake/ingest.js';
import type { Inbox } from '../../src/source/inbox.js';
import { openStore } from '../../src/store/store.js';
import { deliver } from './deliver.js';
import { type Dovecot, startDovecot } from './dovecot.js';
import { appendToEpoch, epochOf, mailsAsCommits } from './make-archive.js';
import { bodyOf, idOf, makeMail, makeMails, messageId } from './make-mail.js';
import { asMbox } from './make-mbox.js';
import { type PublicInboxServer, startPublicInbox } from './public-inbox-server.js';
import { idsIn, mailsIn, openForTest, readAll } from './read-all.js';
import { needs, openFolder } from './server.js';

const count = 24;
const mails = makeMails(count);

/** What the suite has to know of a kind of source; everything else holds for all of them. */
interface Kind {
  /** What it holds now, in order. */
  held: Buffer[];
  open(): Promise<Inbox>;
  /** Undefined: nothing can come to it. */
  add?(raw: Buffer): void;
  /** It repeats what its cursor covers, and the store drops it. */
  repeats?: boolean;
  /** The archive puts headers of its own into each mail. */
  addsHeaders?: boolean;
  /** It tells of new mail by itself. */
  pushes?: boolean;
  /** It knows how many mails there are behind a cursor. */
  counts?: boolean;
}

const folder = openFolder();
let dovecot: Dovecot | undefined;
let served: PublicInboxServer | undefined;
const hasDovecot = needs('dovecot');
const hasPublicInbox = needs('public-inbox-netd', 'public-inbox-index');

beforeAll(async () => {
  if (hasDovecot) {
    dovecot = await startDovecot(folder('dovecot'));
    dovecot.add(mails);
  }
  if (hasPublicInbox) served = await startPublicInbox(folder('public-inbox'), mails);
});

afterAll(async () => {
  await dovecot?.stop();
  await served?.stop();
});

function localKinds(): Record<string, Kind> {
  const archive = folder('archive');
  appendToEpoch(epochOf(archive), mailsAsCommits(mails));
  const maildir = folder('maildir');
  for (const raw of mails) deliver(maildir, raw);
  const mbox = join(folder('mbox'), 'list.mbox');
  writeFileSync(mbox, asMbox(mails));
  return {
    'an archive in git': {
      held: [...mails],
      open: () => openForTest(archive),
      add: (raw) => appendToEpoch(epochOf(archive), mailsAsCommits([raw])),
      counts: true,
    },
    'a Maildir': {
      held: [...mails],
      open: () => openForTest(maildir),
      add: (raw) => void deliver(maildir, raw),
      counts: true,
    },
    'an mbox': {
      held: [...mails],
      open: () => openForTest(mbox),
      add: (raw) => appendFileSync(mbox, asMbox([raw])),
    },
    stdin: { held: mails, open: () => openForTest('-', { stdin: asMbox(mails) }), repeats: true },
  };
}

function servedKinds(): Record<string, Kind> {
  const imap: Kind = {
    held: [...mails],
    open: () => openForTest(`imap://bot@127.0.0.1:${dovecot!.port}/INBOX`, { password: 'secret' }),
    add: (raw) => dovecot!.add([raw]),
    pushes: true,
  };
  // One list behind three doors.
  const held = [...mails];
  const add = (raw: Buffer) => served!.add([raw]);
  return {
    ...(hasDovecot ? { 'IMAP of Dovecot': imap } : {}),
    ...(hasPublicInbox
      ? {
          'IMAP of public-inbox': { held, open: () => openForTest(served!.imap), add, pushes: true },
          'NNTP of public-inbox': { held, open: () => openForTest(served!.nntp), add, addsHeaders: true },
          'HTTP of public-inbox': { held, open: () => openForTest(served!.http), add, repeats: true },
        }
      : {}),
  };
}

if (!hasDovecot || !hasPublicInbox) it.skip('needs dovecot and public-inbox to test all sources', () => {});

describe.each(Object.entries({ ...localKinds(), ...servedKinds() }))('%s', (_, kind) => {
  const { held } = kind;
  /** Sends one more mail, received now. */
  const send = () => {
    const now = new Date().toUTCString().replace('GMT', '+0000');
    const raw = makeMail(held.length, [`Received: by mx.example.org; ${now}`]);
    kind.add!(raw);
    held.push(raw);
    return raw;
  };

  it('hands out every mail once, in order, as it was sent', async () => {
    const inbox = await kind.open();
    const arrivals = await readAll(inbox);
    expect(idsIn(arrivals)).toEqual(held.map(idOf));
    expect(mailsIn(arrivals).map(bodyOf)).toEqual(held.map(bodyOf));
    if (kind.addsHeaders !== true) expect(mailsIn(arrivals)).toEqual(held);
    const places = arrivals.map((arrival) => ('place' in arrival ? arrival.place : ''));
    expect(new Set(places).size).toBe(held.length);
    await inbox.close();
  });

  it('knows how much there is behind a cursor, or does not say', async () => {
    const inbox = await kind.open();
    const arrivals = await readAll(inbox);
    for (const at of [-1, 0, held.length >> 1, held.length - 1]) {
      const amount = await inbox.amount?.(arrivals[at]?.cursor);
      expect(amount).toBe(kind.counts ? held.length - 1 - at : undefined);
    }
    await inbox.close();
  });

  it('goes on behind any cursor and skips nothing', async () => {
    const first = await kind.open();
    const arrivals = await readAll(first);
    await first.close();
    for (const at of [0, 1, held.length >> 1, held.length - 2, held.length - 1]) {
      const inbox = await kind.open();
      const rest = idsIn(await readAll(inbox, arrivals[at]!.cursor));
      const wanted = held.slice(at + 1).map(idOf);
      if (kind.repeats === true) expect(rest).toEqual(expect.arrayContaining(wanted));
      else expect(rest).toEqual(wanted);
      await inbox.close();
    }
  });

  it('gives the store nothing twice, however often it is read', async () => {
    const store = openStore(join(folder(`store-${Math.random()}`), 'mail.db'));
    for (let round = 0; round < 3; round++) {
      const inbox = await kind.open();
      await ingest(inbox, store);
      await inbox.close();
    }
    const { messages, unique } = store.tally();
    expect([messages, unique]).toEqual([held.length, held.length]);
    store.close();
  });

  it('ends when its reader has enough, and can be read again', async () => {
    const inbox = await kind.open();
    for await (const arrival of inbox.read(undefined)) {
      expect(arrival.kind).toBe('mail');
      break;
    }
    await inbox.close();
    const again = await kind.open();
    expect(idsIn(await readAll(again))).toHaveLength(held.length);
    await again.close();
  });

  it('finds a mail by its Message-ID where it can, and nothing for another one', async () => {
    const inbox = await kind.open();
    if (inbox.find !== undefined) {
      expect((await inbox.find(messageId(5))).map(idOf)).toEqual([messageId(5)]);
      for (const unknown of ['nobody@example.org', 'x\r\nQUIT', '../../raw', '%2e%2e', '<>', ''])
        expect(await inbox.find(unknown)).toEqual([]);
    }
    expect(idsIn(await readAll(inbox))).toHaveLength(held.length);
    await inbox.close();
  });

  it('stops waiting when it is told to', async () => {
    const inbox = await kind.open();
    await readAll(inbox);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    await inbox.wait(stop.signal);
    expect(stop.signal.aborted).toBe(true);
    await inbox.close();
  });

  it('has a name that says no password and stays the same', async () => {
    const [one, other] = [await kind.open(), await kind.open()];
    expect(one.name).toBe(other.name);
    expect(one.name).not.toMatch(/secret|bot@/);
    await Promise.all([one.close(), other.close()]);
  });

  if (kind.add !== undefined)
    it('hands out what came since, and nothing else', async () => {
      const inbox = await kind.open();
      const { cursor } = (await readAll(inbox)).at(-1)!;
      const raw = send();
      const since = async () => idsIn(await readAll(inbox, cursor));
      // An index on the other side may take its time.
      if (kind.repeats === true) await expect.poll(since, { timeout: 30_000 }).toContain(idOf(raw));
      else expect(await since()).toEqual([idOf(raw)]);
      await inbox.close();
    });

  if (kind.pushes === true)
    it('wakes up when mail comes', async () => {
      const inbox = await kind.open();
      const { cursor } = (await readAll(inbox)).at(-1)!;
      const sent = new Promise<Buffer>((resolve) => setTimeout(() => resolve(send()), 300));
      await inbox.wait(AbortSignal.timeout(20_000));
      expect(idsIn(await readAll(inbox, cursor))).toEqual([idOf(await sent)]);
      await inbox.close();
    });
});
