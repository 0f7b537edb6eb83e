import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ingest } from '../../src/intake/ingest.js';
import { openStore } from '../../src/store/store.js';
import { deliver } from './deliver.js';
import { appendToEpoch, countOf, dropLast, epochOf, mailsAsCommits } from './make-archive.js';
import { makeMail, makeMails, messageId } from './make-mail.js';
import { asMbox } from './make-mbox.js';
import { idsIn, openForTest, readAll } from './read-all.js';
import { openFolder } from './server.js';

const folder = openFolder();

/** Takes a source into its own store and answers what is there. */
async function tallyOf(address: string, file = join(folder(`store-${Math.random()}`), 'mail.db')) {
  const store = openStore(file);
  const inbox = await openForTest(address);
  const round = await ingest(inbox, store);
  await inbox.close();
  const tally = store.tally();
  const found = (number: number) => store.find(messageId(number)).length;
  const kept = { zero: found(0), one: found(1) };
  store.close();
  return { ...tally, ...kept, fresh: round.fresh, file };
}

describe('an archive in git', () => {
  it('takes mails back, and the figures are those of git', async () => {
    const archive = folder('withdrawn');
    const mails = makeMails(10);
    appendToEpoch(epochOf(archive), mailsAsCommits(mails));
    const { file } = await tallyOf(archive);
    appendToEpoch(epochOf(archive), [{ as: 'd', raw: mails[0]! }]);
    const tally = await tallyOf(archive, file);
    expect(tally).toMatchObject({ messages: 9, unique: 9, withdrawn: 1, zero: 0, one: 1 });
    expect(countOf(epochOf(archive))).toBe(tally.messages + 2 * tally.withdrawn);
    expect(await tallyOf(archive)).toMatchObject({ messages: 9, unique: 9, withdrawn: 1, zero: 0 });
  });

  it('keeps what one archive takes back and another has', async () => {
    const [one, other] = [folder('one'), folder('other')];
    for (const archive of [one, other]) appendToEpoch(epochOf(archive), mailsAsCommits(makeMails(3)));
    appendToEpoch(epochOf(other), [{ as: 'd', raw: makeMail(0) }]);
    const { file } = await tallyOf(one);
    expect(await tallyOf(other, file)).toMatchObject({ messages: 5, unique: 3, zero: 1 });
  });

  it('goes on with the next epoch', async () => {
    const archive = folder('epochs');
    appendToEpoch(epochOf(archive, 0), mailsAsCommits(makeMails(5)));
    const inbox = await openForTest(archive);
    const { cursor } = (await readAll(inbox)).at(-1)!;
    appendToEpoch(epochOf(archive, 0), mailsAsCommits(makeMails(1, 5)));
    appendToEpoch(epochOf(archive, 1), mailsAsCommits(makeMails(3, 6)));
    appendToEpoch(epochOf(archive, 10), mailsAsCommits(makeMails(1, 9)));
    expect(idsIn(await readAll(inbox, cursor))).toEqual([5, 6, 7, 8, 9].map(messageId));
  });

  it('is read again when its history was rewritten, and nothing counts twice', async () => {
    const archive = folder('rewritten');
    appendToEpoch(epochOf(archive), mailsAsCommits(makeMails(8)));
    const { file } = await tallyOf(archive);
    dropLast(epochOf(archive), 4);
    appendToEpoch(epochOf(archive), mailsAsCommits(makeMails(4, 20)));
    expect(await tallyOf(archive, file)).toMatchObject({ messages: 8, unique: 8, fresh: 4 });
  });

  it('may be one bare clone, or a folder of clones', async () => {
    const archive = folder('shapes');
    appendToEpoch(join(archive, '0.git'), mailsAsCommits(makeMails(2)));
    expect(await tallyOf(archive)).toMatchObject({ messages: 2 });
    expect(await tallyOf(join(archive, '0.git'))).toMatchObject({ messages: 2 });
  });

  it('counts the same mail twice where it lies twice, and keeps it once', async () => {
    const archive = folder('twice');
    const [one, other] = makeMails(2);
    appendToEpoch(epochOf(archive), mailsAsCommits([one!, other!, one!]));
    expect(await tallyOf(archive)).toMatchObject({ messages: 3, unique: 2, fresh: 3 });
  });

  it('that is none is refused with one line', async () => {
    await expect(openForTest(folder('nothing'))).rejects.toThrow(/neither a Maildir nor an archive/);
    await expect(openForTest(join(folder('nothing'), 'x'))).rejects.toThrow(
      /there is no such file or folder/,
    );
  });
});

describe('a cross-posted mail', () => {
  const footer = '_______________________________________________\nA list\nlist@lists.example.org\n';
  const listed = (list: string, raw: Buffer) =>
    Buffer.from(raw.toString().replace('Message-ID', `List-Id: A list <${list}>\nMessage-ID`));

  it('is one message with both lists, footer or not', async () => {
    const [one, other] = [folder('list-one'), folder('list-other')];
    const mail = makeMail(3);
    appendToEpoch(epochOf(one), mailsAsCommits([listed('one.example.org', mail)]));
    appendToEpoch(
      epochOf(other),
      mailsAsCommits([Buffer.concat([listed('other.example.org', mail), Buffer.from(footer)])]),
    );
    const { file } = await tallyOf(one);
    expect(await tallyOf(other, file)).toMatchObject({ messages: 2, unique: 1, patches: 1 });
    const store = openStore(file);
    expect(store.listsOf(messageId(3))).toEqual(['one.example.org', 'other.example.org']);
    store.close();
  });

  it('is two when another patch hides under its Message-ID', async () => {
    const [one, other] = [folder('true'), folder('false')];
    appendToEpoch(epochOf(one), mailsAsCommits([makeMail(3)]));
    const forged = Buffer.from(makeMail(3).toString().replace('+int new3;', '+int evil3;'));
    appendToEpoch(epochOf(other), mailsAsCommits([forged]));
    const { file } = await tallyOf(one);
    expect(await tallyOf(other, file)).toMatchObject({ messages: 2, unique: 2, patches: 2 });
  });
});

describe('an mbox', () => {
  it('that grows in the middle of a mail hands that mail out whole', async () => {
    const file = join(folder('grows'), 'list');
    const whole = asMbox(makeMails(3));
    writeFileSync(file, whole.subarray(0, whole.length - 40));
    const { file: store } = await tallyOf(file);
    appendFileSync(file, whole.subarray(whole.length - 40));
    appendFileSync(file, asMbox([makeMail(3)]));
    expect(await tallyOf(file, store)).toMatchObject({ messages: 4, unique: 4 });
  });

  it('that another one replaced is read from its beginning', async () => {
    const file = join(folder('replaced'), 'list');
    writeFileSync(file, asMbox(makeMails(6)));
    const { file: store } = await tallyOf(file);
    writeFileSync(file, asMbox(makeMails(7, 30)));
    expect(await tallyOf(file, store)).toMatchObject({ messages: 7, unique: 7 });
    writeFileSync(file, '');
    expect(await tallyOf(file, store)).toMatchObject({ messages: 0 });
  });

  it('of one mail alone, without a line before it, is that mail', async () => {
    const file = join(folder('alone'), 'mail.eml');
    writeFileSync(file, makeMail(0));
    expect(await tallyOf(file)).toMatchObject({ messages: 1, zero: 1 });
  });

  it('with a mail that is too large tells so and goes on', async () => {
    const file = join(folder('large'), 'list');
    const large = Buffer.concat([makeMail(1), Buffer.alloc(40 * 1024 * 1024, 'x\n')]);
    writeFileSync(file, asMbox([makeMail(0), large, makeMail(2)]));
    expect(await tallyOf(file)).toMatchObject({ messages: 2, unread: 1, zero: 1, one: 0 });
  });
});

describe('a Maildir', () => {
  it('hands out a mail once, however it is moved and marked', async () => {
    const maildir = folder('maildir');
    const names = makeMails(3).map((raw) => deliver(maildir, raw));
    const { file } = await tallyOf(maildir);
    renameSync(join(maildir, 'new', names[1]!), join(maildir, 'cur', `${names[1]!}:2,S`));
    rmSync(join(maildir, 'new', names[2]!));
    deliver(maildir, makeMail(3));
    writeFileSync(
      join(maildir, 'tmp', 'half'),
      readFileSync(join(maildir, 'new', names[0]!)).subarray(0, 50),
    );
    expect(await tallyOf(maildir, file)).toMatchObject({ messages: 4, unique: 4, fresh: 1 });
  });
});
