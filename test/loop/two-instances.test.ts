import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { OutboxMail } from '../../src/finding/outgoing.js';
import { openCorrespondence } from '../../src/reply/correspondence.js';
import { openLedger } from '../../src/store/ledger.js';
import { freePort } from '../free-port.js';
import { deliver } from '../source/deliver.js';
import { openFolder } from '../source/server.js';
import { type Daemon, serve } from './daemon.js';
import { type List, openList } from './list.js';
import { list as address, mail, mailsOf } from './series.js';

// Two daemons on one list hear all that the other says, there and in private, and an answering machine beside them
// answers everything. Whatever goes round in a circle goes round for good.

const openScratch = openFolder();

interface Instance {
  address: string;
  box: string;
  state: string;
  daemon: Daemon;
}

const instances: Instance[] = [];
let list: List;
const posted: string[] = [];
const [patch] = mailsOf('no-second-lookup');

async function begin(name: string, smtp: string): Promise<Instance> {
  const folder = openScratch(name);
  const [box, state, file] = ['mail', 'state', 'faultline.yaml'].map((each) => join(folder, each)) as [
    string,
    string,
    string,
  ];
  const settings = {
    identity: { address: `${name}@example.org` },
    state,
    sources: [{ name: 'box', url: `maildir:${box}` }],
    limits: { states: 5000 },
    otherwise: { deliver: 'list', embargo: '1s' },
    mail: { dryRun: false, moderated: false, smtp: { url: smtp } },
    queue: 'embedded',
    web: { listen: `127.0.0.1:${await freePort()}` },
  };
  writeFileSync(file, stringify(settings));
  return { address: settings.identity.address, box, state, daemon: serve(file) };
}

/** Answers what it gets at once, and gives the commands back that it was asked for. */
function answeringMachine(own: string, more: string): (raw: Buffer) => void {
  let count = 0;
  return (raw) => {
    const text = raw.toString('utf8');
    const [, sender = ''] = /^From: .*<([^>]+)>/m.exec(text) ?? [];
    const [, id = ''] = /^Message-ID: <([^>]+)>/m.exec(text) ?? [];
    const head = { id: `away-${++count}.${own}`, subject: 'Re: away', from: `Away <${own}>`, answers: [id] };
    say(sender, mail({ ...head, more }, 'I am away.\n#faultline nonsense\n'));
  };
}

/** A mail to one of the instances alone. */
function say(to: string, raw: Buffer): void {
  const text = raw.toString('utf8').replace(/^To: .*\nCc: .*\n/m, `To: ${to}\n`);
  deliver(openBox(to), Buffer.from(text));
}

const openBox = (to: string) => join(openScratch(to.split('@')[0]!), 'mail');

beforeAll(async () => {
  const names = ['one', 'two'];
  const boxes = names.map((name) => openBox(`${name}@example.org`));
  for (const box of boxes) deliver(box, mail({ id: 'hello@example.org', subject: 'hello' }, 'Hello.\n'));
  const people = {
    ...Object.fromEntries(
      boxes.map((box, at) => [`${names[at]}@example.org`, (raw: Buffer) => void deliver(box, raw)]),
    ),
    'away@example.org': answeringMachine('away@example.org', 'Auto-Submitted: auto-replied\n'),
    'rude@example.org': answeringMachine('rude@example.org', ''),
  };
  const subscribers = boxes.map((box) => (raw: Buffer) => void deliver(box, raw));
  list = await openList(address, (raw) => posted.push(raw.toString('utf8')), subscribers, people);
  for (const name of names) instances.push(await begin(name, list.url));
  await list.post(patch!);
  for (const { daemon } of instances) await daemon.until(/"turn":"sent"/);
}, 600_000);

afterAll(async () => {
  for (const { daemon } of instances) await daemon.stop();
  await list?.close();
});

function look<Seen>(
  { state }: Instance,
  see: (outbox: OutboxMail[], mails: number, reviews: number) => Seen,
): Seen {
  const ledger = openLedger(join(state, 'mail.db'));
  const letters = openCorrespondence(join(state, 'outbox.db'));
  const { due, queued, done } = ledger.reviews.backlog();
  const seen = see(letters.outbox.list(), ledger.store.tally().messages, due + queued + done);
  letters.close();
  ledger.close();
  return seen;
}

async function until(what: () => boolean): Promise<void> {
  for (const end = Date.now() + 60_000; !what(); await sleep(100))
    if (Date.now() > end) throw new Error('it does not happen');
}

let asked = 0;

/** A person asks for what there is not and is told so: by then all that came before was listened to. */
async function listenedTo(instance: Instance): Promise<void> {
  const reader = `reader-${++asked}@example.org`;
  say(instance.address, mail({ id: `ask.${reader}`, subject: 'hm', from: reader }, '#faultline nonsense\n'));
  await until(() => list.private.some(({ to }) => to.includes(reader)));
}

const told = (instance: Instance) => look(instance, (outbox) => outbox.flatMap(({ to }) => to));

it('each answers the patch once, and neither answers the other', async () => {
  await until(() => instances.every((each) => look(each, (_, mails) => mails) === 4));
  for (const each of instances) await listenedTo(each);
  expect(posted).toHaveLength(3);
  for (const each of instances) {
    expect(look(each, (_, __, reviews) => reviews)).toBe(1);
    expect(look(each, (outbox) => outbox.filter(({ lists }) => lists.length > 0))).toMatchObject([
      { state: 'sent', to: ['dev@example.org', address, 'linux-fsdevel@vger.kernel.org'] },
    ]);
  }
});

it('an answer from which a list took all marks of a robot is no patch either, and gets no answer', async () => {
  for (const text of posted.slice(1)) {
    const bare = text
      .replace(/^(?:Auto-Submitted|X-[\w-]+): .*\n/gim, '')
      .replace(/^(Message-ID: <)/m, '$1again.');
    expect(bare).not.toMatch(/^auto-submitted/im);
    for (const { box } of instances) deliver(box, Buffer.from(bare));
  }
  for (const each of instances) await listenedTo(each);
  for (const each of instances) expect(look(each, (_, __, reviews) => reviews)).toBe(1);
  expect(posted).toHaveLength(3);
});

it('a command that somebody signs with the name of the other one is answered, and that answer is not', async () => {
  const [one, two] = instances;
  say(
    one.address,
    mail({ id: 'forged@example.org', subject: 'x', from: two.address }, '#faultline nonsense\n'),
  );
  await until(() => list.private.some(({ to }) => to.includes(two.address)));
  for (const each of instances) await listenedTo(each);
  expect(told(one).filter((to) => to === two.address)).toHaveLength(1);
  expect(told(two)).not.toContain(one.address);
});

it('an answering machine that says what it is gets one answer, one that does not as many as a cap allows', async () => {
  const [one] = instances;
  for (const from of ['away@example.org', 'rude@example.org'])
    say(one.address, mail({ id: `first.${from}`, subject: 'x', from }, '#faultline nonsense\n'));
  const sentTo = (who: string) =>
    look(one, (outbox) => outbox.filter(({ to, state }) => to.includes(who) && state === 'sent')).length;
  await until(() => sentTo('rude@example.org') === 3);
  await until(() =>
    look(one, (outbox) => outbox.some(({ why }) => /rude@example.org got 3 mails/.test(why ?? ''))),
  );
  await listenedTo(one);
  expect(told(one).filter((to) => to === 'away@example.org')).toHaveLength(1);
  expect(told(one).filter((to) => to === 'rude@example.org')).toHaveLength(4);
  expect(sentTo('rude@example.org')).toBe(3);
});
