import { expect, it } from 'vitest';
import type { OutboxMail } from '../../src/finding/outgoing.js';
import type { FullStatus } from '../../src/finding/status.js';
import { outboxText } from '../../src/report/outbox.js';
import { statusText } from '../../src/report/status.js';

const atMs = 1_700_000_000_000;
const status: FullStatus = {
  version: '1',
  startedMs: atMs - 60_000,
  atMs,
  driver: 'local',
  queue: { waiting: 0, active: 0, delayed: 0, ended: 0 },
  series: { due: 0, queued: 0, done: 0, superseded: 0 },
  outcomes: {},
  oldestUnreviewedMs: null,
  sources: [],
  lists: [],
  held: 0,
  bounces: 0,
  notices: [],
};

it('a status ends with the mails that a person has to look at, whatever they hold', () => {
  const notice = {
    messageId: 'a@x',
    kind: 'bounce',
    subject: 'no\n\u001b[31mway',
    why: 'a mail did not arrive',
    at: atMs - 7_200_000,
  };
  expect(
    statusText({ ...status, notices: [notice] })
      .split('\n')
      .slice(-4),
  ).toEqual([
    expect.stringMatching(/^bounces: /),
    expect.stringMatching(/^look at: {4}bounce, 2 hours ago: no[^\u001b]*way <a@x>$/),
    '            a mail did not arrive',
    '',
  ]);
});

it('a mail that is ready says until when it waits', () => {
  const mail = {
    state: 'ready',
    id: 'fl.1@x',
    subject: 'Re: x',
    to: ['me@x'],
    why: null,
    createdAt: atMs,
    notBefore: atMs + 1_800_000,
  };
  expect(outboxText([mail as unknown as OutboxMail], null)).toContain(
    'to me@x (not before 2023-11-14 22:43 UTC)\n',
  );
});
