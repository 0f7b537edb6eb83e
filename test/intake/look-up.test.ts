import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Input } from '../../src/finding/input.js';
import { ingest } from '../../src/intake/ingest.js';
import { lookUp } from '../../src/intake/look-up.js';
import { inputLimit, readMessages } from '../../src/mail/read.js';
import { openStore } from '../../src/store/store.js';
import { gitIn } from '../change/scratch.js';
import { deliver } from '../source/deliver.js';
import { makeMail, makeMails, messageId } from '../source/make-mail.js';
import { asMbox } from '../source/make-mbox.js';
import { type PublicInboxServer, startPublicInbox } from '../source/public-inbox-server.js';
import { openForTest } from '../source/read-all.js';
import { needs, openFolder } from '../source/server.js';

const folder = openFolder();

async function idsOf(input: Input): Promise<(string | undefined)[]> {
  const read = await readMessages(input.bytes);
  if ('problem' in read) throw new Error(read.problem);
  return read.messages.map((message) => message.id);
}

async function found(name: string, options = {}): Promise<Input> {
  const input = await lookUp(name, options);
  if ('problem' in input) throw new Error(input.problem);
  return input;
}

describe('a Maildir', () => {
  it('is read as one posting', async () => {
    const maildir = folder('maildir');
    for (const raw of makeMails(4)) deliver(maildir, raw);
    expect(await idsOf(await found(maildir))).toEqual([0, 1, 2, 3].map(messageId));
  });

  it('is refused when it is empty, or holds more than a posting can', async () => {
    const empty = folder('empty');
    deliver(empty, makeMail(0));
    const none = folder('none');
    for (const part of ['cur', 'new']) folder(`none/${part}`);
    expect(await lookUp(none, {})).toEqual({ problem: `${none}: there is no mail in it`, exit: 3 });
    const large = folder('large');
    for (const raw of makeMails(inputLimit.messages + 1)) deliver(large, raw);
    expect(await lookUp(large, {})).toMatchObject({ exit: 3 });
  });
});

describe('commits of a checkout', () => {
  const checkout = folder('checkout');
  const here = process.cwd();

  beforeAll(() => {
    gitIn(checkout, 'init', '-q');
    for (const number of [0, 1, 2, 3]) {
      writeFileSync(join(checkout, 'sample.c'), `int number = ${number};\n`);
      gitIn(checkout, 'add', '.');
      gitIn(checkout, 'commit', '-qm', `sample: change ${number}`);
    }
    gitIn(checkout, 'branch', 'topic@home');
    gitIn(checkout, 'config', 'format.attach', 'true');
    gitIn(checkout, 'config', 'diff.external', '/bin/false');
  });

  /** The command's own folder is what git goes by; threads of a test cannot change theirs. */
  async function range(name: string) {
    const { readRange } = await import('../../src/source/read-range.js');
    return readRange(name, checkout);
  }

  it.each([
    ['HEAD~2..', 2],
    ['HEAD~3..HEAD~1', 2],
    ['HEAD', 1],
    ['HEAD~3', 1],
    ['HEAD@{0}', 1],
    ['topic@home', 1],
    ['HEAD~1..topic@home', 1],
  ])('%s is %i patches, with whole blob ids', async (name, count) => {
    const input = await range(name);
    const read = await readMessages(input!.bytes);
    expect('messages' in read && read.messages.length).toBe(count);
    expect(input!.bytes.toString()).toMatch(/^index [0-9a-f]{40}\.\.[0-9a-f]{40}/m);
    expect(input!.tree).toBe(checkout);
  });

  it.each([
    '--output=stolen',
    '--output=stolen..HEAD',
    'HEAD..--output=stolen',
    'HEAD:sample.c',
    'HEAD sample.c',
    '$(touch stolen)..',
    'nobody..',
    'HEAD..HEAD',
    '..',
    '^HEAD',
    ':/change',
  ])('%s is refused with one line', async (name) => {
    await expect(range(name)).rejects.toThrow(
      /^[^\n]+: there is no (?:commit in it|such commit here|such file, and no such commit here)$/,
    );
    expect(gitIn(checkout, 'status', '--porcelain')).toBe('');
  });

  it('are not looked for outside of a checkout', async () => {
    const { readRange } = await import('../../src/source/read-range.js');
    expect(await readRange('HEAD~1..', folder('plain'))).toBeUndefined();
    expect(process.cwd()).toBe(here);
  });
});

describe('a Message-ID', () => {
  const file = join(folder('store'), 'mail.db');
  // 5 answers 4, 6 answers 5, 17 answers a mail that never came, and so does 18.
  const answer = (number: number, to: string) => makeMail(number, [`In-Reply-To: <${to}>`]);
  const mails = [...makeMails(6), answer(6, messageId(5)), answer(17, 'lost@x'), answer(18, 'lost@x')];

  beforeAll(async () => {
    const mbox = join(folder('mbox'), 'list');
    writeFileSync(mbox, asMbox(mails));
    const store = openStore(file);
    await ingest(await openForTest(mbox), store);
    store.close();
  });

  it.each([
    [messageId(1), [1]],
    [messageId(6), [4, 5, 6]],
    [`<${messageId(4)}>`, [4, 5, 6]],
    [messageId(18), [17, 18]],
  ])('%s is looked up in a store, with its thread', async (name, numbers) => {
    const input = await found(name, { store: file });
    expect(await idsOf(input)).toEqual(numbers.map(messageId));
    expect(input.wanted).toBe(name.replace(/[<>]/g, ''));
  });

  it('that nobody has is one clear line', async () => {
    expect(await lookUp('no@x', { store: file })).toEqual({
      problem: `<no@x>: ${file} does not have this mail`,
      exit: 3,
    });
    expect(await lookUp('no@x', {})).toMatchObject({ exit: 2 });
    const other = join(folder('other'), 'x');
    writeFileSync(other, 'this is no database, and long enough to be told so');
    expect(await lookUp('no@x', { store: other })).toMatchObject({ exit: 3 });
    expect(readFileSync(other, 'utf8')).toContain('no database');
  });
});

const hasPublicInbox = needs('public-inbox-netd', 'public-inbox-index');

describe.skipIf(!hasPublicInbox)('an archive of public-inbox', () => {
  let served: PublicInboxServer;
  beforeAll(async () => {
    served = await startPublicInbox(folder('public-inbox'), makeMails(6));
  });
  afterAll(() => served.stop());

  it('hands out the thread of a Message-ID', async () => {
    const input = await found(messageId(5), { from: served.http });
    expect(await idsOf(input)).toEqual([4, 5].map(messageId));
    expect(input.wanted).toBe(messageId(5));
  });

  it.each(['', 't/', 'T/#u', 't.mbox.gz'])(
    'hands out the thread of the address of a mail that ends with "%s"',
    async (end) => {
      const input = await found(`${served.http}${messageId(5)}/${end}`);
      expect(await idsOf(input)).toEqual([4, 5].map(messageId));
    },
  );

  it('hands out one mail of an address that says so', async () => {
    expect(await idsOf(await found(`${served.http}${messageId(5)}/raw`))).toEqual([messageId(5)]);
  });

  it('is asked for a Message-ID that a store does not have', async () => {
    const store = join(folder('empty-store'), 'mail.db');
    expect(await idsOf(await found(messageId(1), { store, from: served.http }))).toEqual([messageId(1)]);
  });

  it('that does not have the mail is one clear line', async () => {
    const answer = await lookUp('nobody@example.org', { from: served.http });
    expect(answer).toMatchObject({ exit: 3, problem: expect.stringMatching(/: answers 404$/) });
  });
});
