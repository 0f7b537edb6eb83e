import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/config/config.js';
import { whyBrake } from '../../src/policy/brake.js';
import { type Sent, whyHeld } from '../../src/policy/caps.js';
import { readCommands } from '../../src/policy/command.js';
import { listsOf } from '../../src/policy/lists.js';
import { responsibleFor } from '../../src/policy/maintainers.js';
import { type Asker, whyRefused } from '../../src/policy/rights.js';
import { strictest } from '../../src/policy/strictest.js';
import { whyUnanswerable } from '../../src/policy/unanswerable.js';

const caps = { perThread: 1, perAuthorAndDay: 3, perListAndHour: 4, perDay: 20 };
const open: Policy = {
  deliver: 'list',
  embargo: 0,
  sayFixed: true,
  sayClean: true,
  actionRequired: true,
  caps,
};
const closed: Policy = { ...open, deliver: 'me', embargo: 60_000, sayClean: false };

describe('of several lists', () => {
  const config = { lists: { 'open@l.org': open, 'closed@l.org': closed }, otherwise: closed };

  it('the strictest word holds', () => {
    expect(strictest(config, ['open@l.org'])).toEqual(open);
    expect(strictest(config, ['open@l.org', 'CLOSED@l.org'])).toMatchObject({
      deliver: 'me',
      embargo: 60_000,
    });
  });

  it('one that nobody configured counts too: no configured list speaks for it', () => {
    expect(strictest(config, ['open@l.org', 'unknown@l.org']).deliver).toBe('me');
    expect(strictest(config, [])).toEqual(closed);
  });

  it.each(['constructor', '__proto__', 'toString'])('one that calls itself %s is like any other', (name) => {
    expect(strictest(config, [name])).toEqual(closed);
    expect(strictest(config, ['open@l.org', name])).toMatchObject({ deliver: 'me', embargo: 60_000 });
  });

  it('the names are compared as a whole', () => {
    const loose = { lists: { 'bpf@l.org': open }, otherwise: closed };
    expect(strictest(loose, ['xdp-bpf@l.org']).deliver).toBe('me');
  });

  it('more lists never make an answer louder, in whatever order they stand', () => {
    const policy = fc.record({
      deliver: fc.constantFrom('me' as const, 'author' as const, 'list' as const),
      embargo: fc.nat(),
      sayFixed: fc.boolean(),
      sayClean: fc.boolean(),
      actionRequired: fc.boolean(),
      caps: fc.record({
        perThread: fc.nat(9),
        perAuthorAndDay: fc.nat(9),
        perListAndHour: fc.nat(9),
        perDay: fc.nat(9),
      }),
    });
    const reach = { me: 0, author: 1, list: 2 };
    fc.assert(
      fc.property(fc.array(policy, { minLength: 2, maxLength: 4 }), (all) => {
        const lists = Object.fromEntries(all.map((each, at) => [`l${at}@x.org`, each]));
        const names = Object.keys(lists);
        const both = strictest({ lists, otherwise: closed }, names);
        expect(strictest({ lists, otherwise: closed }, [...names].reverse())).toEqual(both);
        for (const each of all) {
          expect(reach[both.deliver]).toBeLessThanOrEqual(reach[each.deliver]);
          expect(both.embargo).toBeGreaterThanOrEqual(each.embargo);
          expect(Number(both.sayClean)).toBeLessThanOrEqual(Number(each.sayClean));
          expect(both.caps.perDay).toBeLessThanOrEqual(each.caps.perDay);
        }
      }),
    );
  });
});

describe('nobody is answered', () => {
  const self = { own: ['bot@x.org'], optedOut: ['quiet@x.org'] };
  const why = (
    headers: Record<string, string>,
    author: string | undefined = 'dev@x.org',
    neverAnswer?: string,
  ) =>
    whyUnanswerable(
      { headers: new Map(Object.entries(headers).map(([k, v]) => [k, [v]])), author, neverAnswer },
      self,
    );

  it.each([
    ['a program', { 'auto-submitted': 'auto-generated' }, 'dev@x.org'],
    ['an automatic answer', { precedence: 'auto_reply' }, 'dev@x.org'],
    ['a bounce', { 'return-path': '<>' }, 'dev@x.org'],
    ['a report of a mail system', { 'content-type': 'multipart/report; report-type=x' }, 'dev@x.org'],
    ['ourselves', {}, 'BOT@x.org'],
    ['another bot of our kind', { 'x-faultline-finding': 'x' }, 'bot@y.org'],
    ['a mailbox that nobody reads', {}, 'no-reply@x.org'],
    ['a mailer daemon', {}, 'MAILER-DAEMON@x.org'],
    ['who asked for silence', {}, 'Quiet@x.org'],
    ['a mail that says so', { 'x-patchwork-hint': 'ignore' }, 'dev@x.org'],
    ['a mail without an author', {}, 'xxxx'],
  ])('who is %s', (_, headers, author) => {
    expect(why(headers, author)).toEqual(expect.any(String));
  });

  it('whose mail an archive has masked', () => {
    expect(why({}, 'dev@x.org', 'the archive masks addresses')).toBe('the archive masks addresses');
  });

  it('but a person on a list is', () => {
    expect(why({ precedence: 'bulk', 'list-id': '<l.x.org>', 'auto-submitted': 'no' })).toBeUndefined();
  });
});

describe('caps', () => {
  const mail: Sent = { at: 1e12, thread: 't', author: 'a@x', lists: ['l@x'] };
  const earlier = (n: number, more: Partial<Sent>) =>
    Array.from({ length: n }, (_, at) => ({
      at: 1e12 - 1000 * (at + 1),
      thread: `${at}`,
      author: `${at}`,
      lists: [],
      ...more,
    }));

  it('let a mail go while none is reached', () => {
    expect(
      whyHeld(mail, [...earlier(2, { author: 'a@x' }), ...earlier(3, { lists: ['l@x'] })], caps),
    ).toBeUndefined();
  });

  it('hold it for the thread, the author, the list and the day', () => {
    expect(whyHeld(mail, earlier(1, { thread: 't' }), caps)).toMatchObject({ until: undefined });
    expect(whyHeld(mail, earlier(3, { author: 'a@x' }), caps)?.until).toBe(1e12 - 3000 + 24 * 3_600_000);
    expect(whyHeld(mail, earlier(4, { lists: ['l@x'] }), caps)?.until).toBe(1e12 - 4000 + 3_600_000);
    expect(whyHeld(mail, earlier(20, {}), caps)?.why).toContain('20 mails within a day');
  });

  it('forget what is long ago, but for the thread', () => {
    const old = 1e12 - 25 * 3_600_000;
    expect(whyHeld(mail, earlier(30, { at: old, author: 'a@x', lists: ['l@x'] }), caps)).toBeUndefined();
    expect(whyHeld(mail, earlier(1, { at: old, thread: 't' }), caps)?.why).toContain('the thread has');
  });

  it('of nought hold everything for good', () => {
    expect(whyHeld(mail, [], { ...caps, perDay: 0 })).toEqual({
      why: 'there were 0 mails within a day',
      until: undefined,
    });
  });
});

describe('the brake', () => {
  const calm = { reviews: 100, findings: 4, bounces: 1, disputes: 1, sent: 4 };

  it('is off in the usual course of things', () => {
    expect(whyBrake(calm)).toBeUndefined();
    expect(whyBrake({ reviews: 3, findings: 3, bounces: 0, disputes: 0, sent: 0 })).toBeUndefined();
  });

  it('trips when findings, bounces or disputes are the rule', () => {
    expect(whyBrake({ ...calm, findings: 51 })).toBe('51 of the last 100 reviews found something');
    expect(whyBrake({ ...calm, bounces: 3 })).toBe('3 of 4 mails came back');
    expect(whyBrake({ ...calm, disputes: 3 })).toBe('3 of 4 findings were called wrong');
  });
});

describe('commands', () => {
  it('stand in the first column, outside of quotes', () => {
    const text =
      'Hi,\n#faultline invalid: the lock is held\n> #faultline mute\n #faultline mute\n#Faultline fixed-by <a@b>\n';
    expect(readCommands(text)).toEqual({
      commands: [
        { name: 'invalid', argument: 'the lock is held' },
        { name: 'fixed-by', argument: '<a@b>' },
      ],
      unknown: [],
    });
  });

  it('that are none are told as such', () => {
    expect(readCommands('#faultline constructor\n#faultline\n#faultline unmute').unknown).toEqual([
      'constructor',
      '',
      'unmute',
    ]);
  });

  it('are bounded', () => {
    expect(readCommands('#faultline mute\n'.repeat(1000)).commands).toHaveLength(10);
    expect(readCommands(`${'x'.repeat(70_000)}\n#faultline mute`).commands).toEqual([]);
    expect(readCommands(`#faultline invalid ${'y'.repeat(9000)}`).commands[0]!.argument).toHaveLength(500);
  });
});

describe('a command may be given', () => {
  const asker: Asker = {
    address: 'dev@x.org',
    dkim: 'pass',
    author: 'dev@x.org',
    addressees: [],
    maintainers: ['m@x.org'],
    moderators: ['boss@x.org'],
  };

  it('by the author, a maintainer and who got the mail, and by nobody else', () => {
    expect(whyRefused('invalid', asker)).toBeUndefined();
    expect(whyRefused('invalid', { ...asker, address: 'm@x.org' })).toBeUndefined();
    expect(
      whyRefused('invalid', { ...asker, address: 'cc@x.org', addressees: ['cc@x.org'] }),
    ).toBeUndefined();
    expect(whyRefused('invalid', { ...asker, address: 'stranger@x.org' })).toContain('only the author');
  });

  it('by anybody when it is about oneself only', () => {
    expect(whyRefused('unsubscribe', { ...asker, address: 'stranger@x.org' })).toBeUndefined();
  });

  it('that decides about mails by a moderator whose mail is signed, and by nobody else', () => {
    expect(whyRefused('approve', { ...asker, address: 'boss@x.org' })).toBeUndefined();
    const unsigned = { ...asker, address: 'boss@x.org', dkim: 'none' } as const;
    expect(whyRefused('approve', unsigned)).toContain('has to be signed');
    expect(whyRefused('approve', asker)).toContain('only a moderator');
  });

  it('by nobody whose signature is wrong', () => {
    expect(whyRefused('mute', { ...asker, dkim: 'fail' })).toContain('signature of the mail is wrong');
  });
});

describe('MAINTAINERS', () => {
  const text = [
    'Maintainers List',
    '----------------',
    '',
    'A FILESYSTEM',
    'M:\tOne Person <One@x.org>',
    'R:\ttwo@x.org',
    'L:\tfs@l.org (moderated for non-subscribers)',
    'F:\tfs/dax.c',
    'F:\tfs/*.h',
    'X:\tfs/not.h',
    '',
    'MEMORY',
    'M:\t"A, B" <mm@x.org>',
    'F:\tmm/',
  ].join('\n');

  it('says who is responsible for files', () => {
    expect(responsibleFor(text, ['fs/dax.c'])).toEqual({
      people: ['one@x.org', 'two@x.org'],
      lists: ['fs@l.org'],
    });
    expect(responsibleFor(text, ['mm/deep/x.c']).people).toEqual(['mm@x.org']);
    expect(responsibleFor(text, ['fs/a.h', 'mm/x.c']).people).toHaveLength(3);
  });

  it('means folders, files and wild cards', () => {
    for (const path of ['fs/not.h', 'fs/sub/a.h', 'fs/dax_c', 'xfs/dax.c'])
      expect(responsibleFor(text, [path]).people).toEqual([]);
  });
});

describe('the lists of a mail', () => {
  it('are what it names itself, what is known and what serves lists', () => {
    const to = ['Dev@x.org', 'linux-fsdevel@vger.kernel.org', 'odd@company.com', 'nvdimm@lists.linux.dev'];
    expect(listsOf(['nvdimm.lists.linux.dev'], to, new Set(['odd@company.com']))).toEqual([
      'linux-fsdevel@vger.kernel.org',
      'nvdimm@lists.linux.dev',
      'odd@company.com',
    ]);
  });

  it('do not include people', () => {
    expect(listsOf([], ['dev@listening.org', 'a@x.org', 'broken'], new Set())).toEqual([]);
  });
});
