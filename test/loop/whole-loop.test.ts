import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { OutboxMail } from '../../src/finding/outgoing.js';
import { joinMbox } from '../../src/mail/join-mbox.js';
import { readHeaders, readIds } from '../../src/mail/read-headers.js';
import { splitMbox } from '../../src/mail/split-mbox.js';
import { openCorrespondence } from '../../src/reply/correspondence.js';
import { withDate } from '../../src/reply/date.js';
import { openLedger } from '../../src/store/ledger.js';
import { homeFor, runB4 } from '../agree/ask-b4.js';
import { freePort } from '../free-port.js';
import { type Dovecot, startDovecot } from '../source/dovecot.js';
import { countOf, epochOf } from '../source/make-archive.js';
import { type PublicInboxServer, startPublicInbox } from '../source/public-inbox-server.js';
import { needs, openFolder } from '../source/server.js';
import { type Daemon, faultline, serve } from './daemon.js';
import { type List, openList } from './list.js';
import { list as address, mail, mailsOf, seriesThatOpens } from './series.js';

// Real servers all the way: a list whose archive is a public-inbox, a mailbox that a Dovecot keeps, a daemon that
// reads both and answers by SMTP, and b4 that says what people who use it get to see.

const able = needs('dovecot', 'public-inbox-mda', 'public-inbox-netd', 'b4');
const openScratch = openFolder();
const series = seriesThatOpens('loop');
const [cover, , opening] = series.ids;
const person = 'A Reader <reader@example.org>';

let archive: PublicInboxServer;
let mailbox: Dovecot;
let list: List;
let daemon: Daemon;
let state: string;
let config: string;
let home: string;

function configure(folder: string, settings: object): string {
  const file = join(folder, 'faultline.yaml');
  writeFileSync(file, stringify(settings));
  return file;
}

beforeAll(async () => {
  if (!able) return;
  archive = await startPublicInbox(openScratch('archive'), [], address);
  mailbox = await startDovecot(openScratch('mailbox'));
  list = await openList(address, archive.take, [(raw) => mailbox.add([raw])]);
  home = homeFor(openScratch('b4'), archive.http.replace(/\/$/, ''));
  const folder = openScratch('daemon');
  // The patch names the exact file that it was made for.
  const tree = openScratch('tree/linux');
  mkdirSync(join(tree, 'fs'));
  copyFileSync(
    fileURLToPath(new URL('../../simulator/baseline/radix/fs/dax.c', import.meta.url)),
    join(tree, 'fs/dax.c'),
  );
  state = join(folder, 'state');
  writeFileSync(join(folder, 'password'), 'secret\n', { mode: 0o600 });
  config = configure(folder, {
    identity: { address: 'bot@example.org', archive: archive.http },
    state,
    sources: [
      {
        name: 'mailbox',
        url: `imap://bot@127.0.0.1:${mailbox.port}/INBOX`,
        password: { file: join(folder, 'password') },
      },
      { name: 'archive', url: archive.folder, list: address },
    ],
    trees: [{ path: tree, lists: [address] }],
    limits: { states: 5000 },
    otherwise: { deliver: 'list', embargo: '1s' },
    mail: { dryRun: false, moderated: false, smtp: { url: list.url } },
    queue: 'embedded',
    web: { listen: `127.0.0.1:${await freePort()}` },
  });
  for (const each of [...series.mails, ...mailsOf('opens-and-closes')]) await list.post(each);
  daemon = serve(config);
  await daemon.until(/"msg":"answered"/, 2);
  await daemon.until(/"turn":"sent"/);
}, 600_000);

afterAll(async () => {
  await daemon?.stop();
  await Promise.all([list?.close(), archive?.stop(), mailbox?.stop()]);
});

/** The mails of a thread, as b4 brings them. */
function thread(id: string): Buffer[] {
  const out = join(home, 'out');
  // Of an earlier call: a b4 that fails must not be read as one that answers.
  rmSync(join(out, 'thread.mbx'), { force: true });
  const said = runB4(home, ['--no-stdin', 'mbox', '-C', '-o', out, '-n', 'thread.mbx', id]);
  expect(said).not.toMatch(/Traceback/);
  return splitMbox(readFileSync(join(out, 'thread.mbx')), 100).mails;
}

const idsOf = (mails: Buffer[]) => mails.map((each) => readIds(readHeaders(each).get('message-id'))[0]);

function outbox(): OutboxMail[] {
  const letters = openCorrespondence(join(state, 'outbox.db'));
  const mails = letters.outbox.list();
  letters.close();
  return mails;
}

/** Lines of a patch's message that git takes for trailers. */
function trailersOf(raw: Buffer): string[] {
  const [message = ''] = raw.toString('utf8').split('\n---\n');
  return message
    .slice(message.indexOf('\n\n'))
    .split('\n')
    .filter((line) => /^[A-Z][A-Za-z-]+(?:-by|s)?: \S/.test(line));
}

it.skipIf(!able)('a series that reaches the bot twice is reviewed once and answered once', () => {
  const ledger = openLedger(join(state, 'mail.db'));
  const reviews = ledger.reviews.inState('done', 100);
  ledger.close();
  expect(reviews.map(({ messageId }) => messageId).sort()).toEqual(
    [cover, '20260112090000.100-opens-and-closes@example.org'].sort(),
  );
  // What the second patch of a series mends is not told.
  expect(outbox()).toMatchObject([{ series: `${cover} v1`, state: 'sent', attempts: 1, repeats: 0 }]);
  expect(list.private.map(({ to }) => to)).toEqual([['dev@example.org', 'linux-fsdevel@vger.kernel.org']]);
});

it.skipIf(!able)(
  'faultline review --format email -c CONFIG writes that answer, byte for byte but for the date',
  async () => {
    const [sent] = outbox();
    const file = join(openScratch('mbox'), 'series.mbox');
    writeFileSync(file, joinMbox(series.mails));
    const written = await faultline('review', file, '--format', 'email', '-c', config);
    expect(written).not.toMatch(/^Date: /m);
    expect(written).not.toContain('baseline of this protocol');
    expect(sent!.bytes.toString()).toBe(withDate(written, sent!.createdAt));
  },
  240_000,
);

it.skipIf(!able)('b4 mbox of the cover shows the answer in the right place', () => {
  const [sent] = outbox();
  const mails = thread(cover);
  expect(idsOf(mails).sort()).toEqual([...series.ids, sent!.id].sort());
  const reply = mails.find((each) => idsOf([each])[0] === sent!.id)!;
  const headers = readHeaders(reply);
  expect(readIds(headers.get('in-reply-to'))).toEqual([opening]);
  expect(readIds(headers.get('references'))).toEqual([cover, opening]);
  expect(headers.get('auto-submitted')).toEqual(['auto-replied']);
});

it.skipIf(!able)('b4 am harvests a trailer of a person, and none of the answer', async () => {
  const [sent] = outbox();
  const thanks = `Looks good.\n\nReviewed-by: ${person}\n`;
  const head = { id: 'thanks@example.org', subject: 'Re: [PATCH 2/2] dax', from: person };
  await list.post(mail({ ...head, answers: [cover, opening] }, thanks));
  const out = join(home, 'out');
  const said = runB4(home, ['--no-stdin', 'am', '-C', '-S', '-t', '-o', out, '-n', 'series', cover]);
  const patches = splitMbox(readFileSync(join(out, 'series.mbx')), 100).mails;
  expect(
    patches.map((each) => trailersOf(each).sort()),
    said,
  ).toEqual([
    ['Signed-off-by: A Developer <dev@example.org>'],
    [`Reviewed-by: ${person}`, 'Signed-off-by: A Developer <dev@example.org>'],
  ]);
  // There was something to harvest.
  expect(sent!.bytes.toString()).toMatch(/^\| Reported-by: /m);
});

it.skipIf(!able)('the same answer, sent again, stays one mail in the archive', async () => {
  const [sent] = outbox();
  const kept = () => countOf(epochOf(archive.folder));
  const before = kept();
  await list.post(sent!.bytes);
  expect(kept()).toBe(before);
  expect(idsOf(thread(cover)).filter((id) => id === sent!.id)).toHaveLength(1);
  // An archive that takes nothing would show the same: under another Message-ID it is another mail.
  await list.post(Buffer.from(sent!.bytes.toString().replace(sent!.id, `other.${sent!.id}`)));
  expect(kept()).toBe(before + 1);
});
