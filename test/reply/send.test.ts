import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Outgoing } from '../../src/finding/outgoing.js';
import { openCorrespondence } from '../../src/reply/correspondence.js';
import { sendNext } from '../../src/reply/send.js';
import { openTransport } from '../../src/reply/transport.js';
import { type Behaviour, mailServer } from './mail-server.js';

const caps = { perThread: 1, perAuthorAndDay: 3, perListAndHour: 4, perDay: 20 };
const text =
  'From: a@x.org\nTo: dev@x.org\nSubject: Re: x\nMessage-ID: <1@x.org>\n\n.\n..dots\n> [ ... ] \u00e4\n';
const mail = (n: number, more: Partial<Outgoing> = {}): Outgoing => ({
  id: `${n}@x.org`,
  key: `k${n}`,
  series: `s${n}`,
  thread: `t${n}`,
  author: `dev${n}@x.org`,
  lists: [],
  from: 'bot@x.org',
  to: ['dev@x.org', 'list@x.org'],
  subject: 'Re: x',
  findings: [],
  bytes: Buffer.from(text),
  ...more,
});
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function post(options: { lmtp?: boolean; limitMs?: number; user?: string } = {}) {
  const file = join(mkdtempSync(join(tmpdir(), 'faultline-')), 'outbox.db');
  const server = await mailServer(options.lmtp);
  const url = options.user === undefined ? server.url : server.url.replace('//', `//${options.user}@`);
  const transport = await openTransport({ url, password: 'secret' }, options.limitMs ?? 5000);
  const clock = { now: 1e12 };
  let correspondence = openCorrespondence(file);
  closing.push(() => correspondence.close(), transport.close, server.close);
  const put = (each: Outgoing) =>
    correspondence.outbox.put(each, { state: 'ready', why: null, notBefore: clock.now, now: clock.now });
  const turn = (behaviour: Behaviour = 'take') => {
    server.state.behaviour = behaviour;
    return sendNext({ outbox: correspondence.outbox, transport, capsOf: () => caps, now: () => clock.now });
  };
  /** As after a crash: what was not committed is gone. */
  const reopen = () => {
    correspondence.close();
    correspondence = openCorrespondence(file);
  };
  return { server, clock, put, turn, reopen, outbox: () => correspondence.outbox };
}

describe('a mail of the outbox', () => {
  it('arrives byte for byte, once', async () => {
    const { server, put, turn, outbox } = await post();
    expect(put(mail(1))).toBe(true);
    expect(put(mail(1))).toBe(false);
    expect(put({ ...mail(2), key: 'k1' })).toBe(false);
    expect(await turn()).toBe('sent');
    expect(await turn()).toBe('nothing');
    expect(server.taken).toEqual([
      { from: 'bot@x.org', to: ['dev@x.org', 'list@x.org'], text: text.replaceAll('\n', '\r\n') },
    ]);
    expect(outbox().find('1@x.org')).toMatchObject({ state: 'sent', attempts: 1, repeats: 0, sentAt: 1e12 });
  });

  it('arrives by LMTP as well', async () => {
    const { server, put, turn } = await post({ lmtp: true });
    put(mail(1));
    expect(await turn()).toBe('sent');
    expect(server.taken).toHaveLength(1);
  });

  it('that a server does not want now is tried again, later and later', async () => {
    const { clock, put, turn, outbox } = await post();
    put(mail(1));
    expect(await turn('later')).toBe('later');
    expect(outbox().find('1@x.org')).toMatchObject({
      state: 'ready',
      why: expect.stringContaining('not now'),
      notBefore: 1e12 + 60_000,
    });
    expect(await turn()).toBe('nothing');
    clock.now += 60_000;
    expect(await turn('later')).toBe('later');
    expect(outbox().find('1@x.org')!.notBefore).toBe(clock.now + 120_000);
    clock.now += 120_000;
    expect(await turn()).toBe('sent');
    expect(outbox().find('1@x.org')).toMatchObject({ attempts: 3, repeats: 0 });
  });

  it('that was put off by a clock that was weeks ahead goes when the clock is right again', async () => {
    const { clock, put, turn, outbox } = await post();
    put(mail(1));
    clock.now += 40 * 86_400_000;
    expect(await turn('later')).toBe('later');
    put(mail(2));
    clock.now = 1e12;
    expect([await turn(), await turn(), await turn()]).toEqual(['sent', 'sent', 'nothing']);
    // What a right clock put off waits on.
    const then = clock.now + 40 * 86_400_000;
    outbox().put(mail(3), { state: 'ready', why: null, notBefore: then, now: clock.now });
    expect(await turn()).toBe('nothing');
  });

  it.each([5, 40 * 86_400_000])(
    'that an embargo keeps back waits as long, and no longer, when the clock is set back by %d ms',
    async (ms) => {
      const { clock, turn, outbox } = await post();
      const wait = 2 * 86_400_000;
      const how = { why: null, notBefore: clock.now + wait, now: clock.now };
      outbox().put(mail(1), { ...how, state: 'ready' });
      outbox().put(mail(2), { ...how, state: 'held', why: 'moderated' });
      outbox().decide('2@x.org', 'approve', 'looks right');
      clock.now -= ms;
      expect(await turn()).toBe('nothing');
      clock.now += wait - 1;
      expect(await turn()).toBe('nothing');
      clock.now += 1;
      expect([await turn(), await turn(), await turn()]).toEqual(['sent', 'sent', 'nothing']);
    },
  );

  it('that a cap held by a clock that was weeks ahead goes when the clock is right again', async () => {
    const { clock, put, turn } = await post();
    clock.now += 40 * 86_400_000;
    for (const n of [1, 2, 3, 4]) put(mail(n, { author: 'dev@x.org' }));
    for (const _ of [1, 2, 3]) expect(await turn()).toBe('sent');
    expect(await turn()).toBe('held');
    clock.now -= 38 * 86_400_000;
    expect(await turn()).not.toBe('nothing');
  });

  it.each(['refuse', 'refuse-after'] as const)(
    'that a server refuses for good (%s) fails, with its words',
    async (how) => {
      const { put, turn, outbox } = await post();
      put(mail(1));
      expect(await turn(how)).toBe('failed');
      expect(outbox().find('1@x.org')).toMatchObject({
        state: 'failed',
        why: expect.stringContaining('not now'),
      });
    },
  );

  it('of which one recipient is refused is sent to the others, and says so', async () => {
    const { server, put, turn, outbox } = await post();
    put(mail(1, { to: ['dev@x.org', 'nobody@x.org'] }));
    expect(await turn()).toBe('sent');
    expect(server.taken[0]!.to).toEqual(['dev@x.org']);
    expect(outbox().find('1@x.org')!.why).toBe('refused for nobody@x.org');
  });

  it('that one recipient cannot get now goes to that one later, and to nobody twice', async () => {
    const { server, clock, put, turn, outbox } = await post();
    put(mail(1, { to: ['dev@x.org', 'stranger@x.org'] }));
    expect(await turn()).toBe('later');
    expect(outbox().find('1@x.org')).toMatchObject({
      state: 'sending',
      why: 'later for stranger@x.org',
      sentAt: clock.now,
    });
    clock.now += 60_000;
    expect(await turn()).toBe('sent');
    expect(server.taken.map(({ to }) => to)).toEqual([['dev@x.org'], ['stranger@x.org']]);
    expect(new Set(server.taken.map((each) => each.text)).size).toBe(1);
  });

  it.each(['busy', 'wrong-password'] as const)(
    'waits for a server that says no to us, and to no mail: %s',
    async (how) => {
      const { put, turn, outbox } = await post({ user: 'bot' });
      put(mail(1));
      expect(await turn(how)).toBe('later');
      expect(outbox().find('1@x.org')).toMatchObject({
        state: 'ready',
        why: expect.stringMatching(/not now/),
      });
    },
  );

  it('that a person dropped from another process in the last moment is not sent', async () => {
    const { server, put, turn, outbox } = await post();
    put(mail(1));
    const due = outbox().due.bind(outbox());
    outbox().due = (now) => {
      const found = due(now);
      if (found !== undefined) outbox().decide(found.id, 'drop', 'seen');
      return found;
    };
    await turn();
    expect(server.taken).toEqual([]);
    expect(outbox().find('1@x.org')).toMatchObject({ state: 'dropped', why: 'seen' });
  });

  it.each(['cut-after', 'hang'] as const)(
    'whose fate a server leaves open (%s) goes out again with the same bytes',
    async (how) => {
      // Both ends are of this process: on a busy machine much less time passes before the server has greeted.
      const { server, clock, put, turn, outbox } = await post({ limitMs: how === 'hang' ? 4000 : 60_000 });
      put(mail(1));
      expect(await turn(how)).toBe('later');
      expect(outbox().find('1@x.org')).toMatchObject({ state: 'sending', repeats: 0 });
      clock.now += 60_000;
      expect(await turn()).toBe('sent');
      expect(outbox().find('1@x.org')).toMatchObject({ state: 'sent', repeats: 1 });
      expect(new Set(server.taken.map((each) => each.text)).size).toBe(1);
    },
  );

  it('that was on its way in a crash is finished first, caps or not', async () => {
    const { put, turn, reopen, outbox } = await post();
    put(mail(1));
    outbox().begin(outbox().find('1@x.org')!);
    reopen();
    put(mail(2, { thread: 't1' }));
    expect(await turn()).toBe('sent');
    expect(outbox().find('1@x.org')).toMatchObject({ state: 'sent', repeats: 1 });
    expect(await turn()).toBe('held');
  });

  it('waits for a server that is not there', async () => {
    const { server, put, turn, outbox } = await post();
    put(mail(1));
    await server.close();
    expect(await turn()).toBe('later');
    expect(outbox().find('1@x.org')).toMatchObject({ state: 'ready' });
  });

  it('over a cap is held until there is room, or for good in a thread that was answered', async () => {
    const { clock, put, turn, outbox } = await post();
    for (const n of [1, 2, 3, 4]) put(mail(n, { author: 'dev@x.org' }));
    for (const _ of [1, 2, 3]) expect(await turn()).toBe('sent');
    expect(await turn()).toBe('held');
    expect(outbox().find('4@x.org')).toMatchObject({
      state: 'ready',
      why: 'dev@x.org got 3 mails within a day',
    });
    clock.now += 24 * 3_600_000;
    expect(await turn()).toBe('sent');
    put(mail(5, { thread: 't1' }));
    expect(await turn()).toBe('held');
    expect(outbox().find('5@x.org')!.state).toBe('held');
  });

  it('stays while the brake is on', async () => {
    const { put, turn, outbox } = await post();
    put(mail(1));
    outbox().trip('3 of 4 mails came back', 1);
    expect(await turn()).toBe('nothing');
    outbox().release(2);
    expect(await turn()).toBe('sent');
  });

  it('is dropped when a newer version makes it pointless, unless it is out', async () => {
    const { put, turn, outbox } = await post();
    put(mail(1, { series: 's' }));
    put(mail(2, { series: 's' }));
    await turn();
    expect(outbox().dropSeries('s', 'v2 was posted')).toBe(1);
    expect(
      outbox()
        .list()
        .map(({ state }) => state),
    ).toEqual(['sent', 'dropped']);
  });
});
