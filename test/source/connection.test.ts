import { getEventListeners } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingest } from '../../src/intake/ingest.js';
import { openStore } from '../../src/store/store.js';
import { type Dovecot, startDovecot } from './dovecot.js';
import { flakyProxy } from './flaky-proxy.js';
import { makeMail, makeMails, messageId } from './make-mail.js';
import { type PublicInboxServer, startPublicInbox } from './public-inbox-server.js';
import { idsIn, openForTest, readAll } from './read-all.js';
import { needs, openFolder } from './server.js';

const folder = openFolder();
const count = 60;

describe.skipIf(!needs('dovecot'))('a folder on Dovecot', () => {
  let dovecot: Dovecot;
  const open = (port: number, more: { password?: string; told?: string[]; tries?: number } = {}) =>
    openForTest(`imap://bot@127.0.0.1:${port}/INBOX`, { password: 'secret', ...more });

  beforeAll(async () => {
    dovecot = await startDovecot(folder('dovecot'));
    dovecot.add(makeMails(count));
  });
  afterAll(() => dovecot.stop());

  it('that wants another password is asked once, and says so', async () => {
    const told: string[] = [];
    const inbox = await open(dovecot.port, { password: 'wrong', told });
    await expect(readAll(inbox)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/wrong user or password/),
    });
    expect(told).toEqual([]);
  });

  it('that is not there is refused', async () => {
    const inbox = await openForTest(`imap://bot@127.0.0.1:${dovecot.port}/Nothing`, { password: 'secret' });
    await expect(readAll(inbox)).rejects.toMatchObject({ kind: 'refused' });
  });

  it('is read to its end over connections that break again and again', async () => {
    const proxy = await flakyProxy(dovecot.port, [4000, 20_000, 40_000, 60_000]);
    const told: string[] = [];
    const inbox = await open(proxy.port, { told });
    // What was asked for when a connection broke may come twice; the store drops it.
    const ids = new Set(idsIn(await readAll(inbox)));
    expect(ids).toEqual(new Set(makeMails(count).map((_, at) => messageId(at))));
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(proxy.connections()).toBeGreaterThanOrEqual(4);
    await inbox.close();
    await proxy.stop();
  });

  it('is given up when nobody answers any more', async () => {
    const proxy = await flakyProxy(dovecot.port, [0, 0, 0, 0, 0, 0]);
    const told: string[] = [];
    const inbox = await open(proxy.port, { told, tries: 3 });
    await expect(readAll(inbox)).rejects.toMatchObject({ kind: 'lost' });
    expect(told).toHaveLength(2);
    await proxy.stop();
  });

  it('wakes up on a new connection when the one that waited broke', async () => {
    const proxy = await flakyProxy(dovecot.port, []);
    const inbox = await open(proxy.port);
    const { cursor } = (await readAll(inbox)).at(-1)!;
    setTimeout(() => {
      dovecot.add([makeMail(count)]);
      proxy.breakAll();
    }, 200);
    await inbox.wait(AbortSignal.timeout(20_000));
    expect(idsIn(await readAll(inbox, cursor))).toEqual([messageId(count)]);
    await inbox.close();
    await proxy.stop();
  });

  it('that numbers its mails anew is read again, and nothing counts twice', async () => {
    const file = join(folder('store'), 'mail.db');
    const tallyAfter = async () => {
      const store = openStore(file);
      const inbox = await open(dovecot.port);
      const { fresh } = await ingest(inbox, store);
      await inbox.close();
      const { messages, unique } = store.tally();
      store.close();
      return { fresh, messages, unique };
    };
    const all = count + 1;
    expect(await tallyAfter()).toEqual({ fresh: all, messages: all, unique: all });
    const before = await open(dovecot.port);
    const { cursor } = (await readAll(before)).at(-1)!;
    await before.close();
    dovecot.renumber();
    const after = await open(dovecot.port);
    const arrivals = await readAll(after, cursor);
    expect(arrivals[0]).toMatchObject({ kind: 'renumbered' });
    expect(idsIn(arrivals)).toHaveLength(all);
    await after.close();
    expect(await tallyAfter()).toEqual({ fresh: 0, messages: all, unique: all });
  });

  it('from which mails are deleted has no gap', async () => {
    dovecot.expunge(3);
    const inbox = await open(dovecot.port);
    const arrivals = await readAll(inbox);
    expect(arrivals.every((arrival) => arrival.kind === 'mail')).toBe(true);
    expect(arrivals).toHaveLength(count);
    await inbox.close();
  });

  it('leaves nothing behind, however often it waits', async () => {
    const inbox = await open(dovecot.port);
    const stop = new AbortController();
    for (let times = 0; times < 3; times++) {
      await readAll(inbox);
      const woken = inbox.wait(stop.signal);
      expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
      dovecot.add([makeMail(2 * count + times)]);
      await woken;
      expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
    }
    await inbox.close();
  });
});

describe.skipIf(!needs('public-inbox-netd', 'public-inbox-index'))('a newsgroup of public-inbox', () => {
  let served: PublicInboxServer;
  beforeAll(async () => {
    served = await startPublicInbox(folder('public-inbox'), makeMails(8));
    served.commit([{ as: 'd', raw: makeMail(2) }]);
  });
  afterAll(() => served.stop());

  it('tells of an article that is gone, and asks for it again', async () => {
    const inbox = await openForTest(served.nntp);
    const arrivals = await readAll(inbox);
    expect(arrivals.filter(({ kind }) => kind === 'unread')).toMatchObject([{ place: '3' }]);
    expect(idsIn(arrivals)).toEqual([0, 1, 3, 4, 5, 6, 7].map(messageId));
    let { cursor } = arrivals.at(-1)!;
    expect(cursor).toEqual({ article: 8, missing: [[3, 1]] });
    for (const tries of [2, 3, undefined]) {
      cursor = (await readAll(inbox, cursor)).at(-1)!.cursor;
      expect(cursor).toEqual({ article: 8, missing: tries === undefined ? [] : [[3, tries]] });
    }
    expect(await readAll(inbox, cursor)).toEqual([]);
    await inbox.close();
  });

  it('is read to its end over connections that break', async () => {
    const proxy = await flakyProxy(served.nntpPort, [2000, 9000, 14_000]);
    const told: string[] = [];
    const inbox = await openForTest(`nntp://127.0.0.1:${proxy.port}/org.example.list`, { told });
    expect(new Set(idsIn(await readAll(inbox)))).toEqual(new Set([0, 1, 3, 4, 5, 6, 7].map(messageId)));
    expect(told.length).toBeGreaterThanOrEqual(2);
    await inbox.close();
    await proxy.stop();
  });

  it('that is not there is refused', async () => {
    const inbox = await openForTest(served.nntp.replace('org.example.list', 'org.example.none'));
    await expect(readAll(inbox)).rejects.toMatchObject({ kind: 'refused' });
  });

  it('whose thread began elsewhere is asked for the mail that is missing', async () => {
    const file = join(folder('orphans'), 'mail.db');
    const store = openStore(file);
    const inbox = await openForTest(served.nntp);
    await ingest(inbox, store);
    expect(store.tally()).toMatchObject({ messages: 7, orphans: 0 });
    served.add([makeMail(9, ['In-Reply-To: <never-seen@example.org>'])]);
    await ingest(inbox, store);
    expect(store.missingParents(inbox.name, 10)).toEqual(['never-seen@example.org']);
    await ingest(inbox, store);
    await ingest(inbox, store);
    expect(store.missingParents(inbox.name, 10)).toEqual([]);
    expect(store.tally()).toMatchObject({ messages: 8, orphans: 1 });
    await inbox.close();
    store.close();
  });
});

describe('a server that lies', () => {
  /** Answers with fixed lines, whatever it is asked. */
  async function liar(text: string): Promise<{ port: number; stop: () => void }> {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.write(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { port: (server.address() as { port: number }).port, stop: () => void server.close() };
  }

  it.each([
    ['is no news server', 'SSH-2.0-OpenSSH\r\n', 'damaged'],
    ['speaks without end', `200 ${'x'.repeat(100_000)}`, 'damaged'],
    ['refuses', '502 go away\r\n', 'refused'],
    [
      'has articles that it does not have',
      `200 hello\r\n211 5 1 999999999 group\r\n${'423 none\r\n'.repeat(20_000)}`,
      'damaged',
    ],
  ])('and %s is told so', async (_, text, kind) => {
    const { port, stop } = await liar(text);
    const inbox = await openForTest(`nntp://127.0.0.1:${port}/group`, { tries: 1 });
    const drain = async () => {
      for await (const { kind: told } of inbox.read(undefined)) expect(told).toBe('unread');
    };
    await expect(drain()).rejects.toMatchObject({ name: 'SourceFailure', kind });
    await inbox.close();
    stop();
  });

  it.each([
    ['nntp://user@news.example/group', /nntps only/],
    ['nntp://127.0.0.1/', /no newsgroup/],
    ['gopher://example.org/', /no such source/],
    ['imap:///INBOX', /names no server/],
  ])('%s is refused before anybody is asked', async (address, message) => {
    const opened = openForTest(address, { tries: 1 }).then(readAll);
    await expect(opened).rejects.toThrow(message);
  });
});
