import { describe, expect, it } from 'vitest';
import { joinMbox } from '../../src/mail/join-mbox.js';
import { splitMbox } from '../../src/mail/split-mbox.js';

const mail = (body: string) => Buffer.from(`From: a@example.org\nSubject: x\n\n${body}`);

describe('mails joined to an mbox', () => {
  it('come out of it as they went in, but for line breaks at the end', () => {
    const bodies = [
      'plain\n',
      'no line break',
      'From here on\n>From there\n',
      '\u00ff\r\nFrom a@b Thu Jan  1 00:00:00 1970\nX: y\n',
    ];
    const mails = bodies.map(mail);
    const back = splitMbox(joinMbox(mails), 10).mails;
    expect(back.map((each) => each.toString('latin1').trimEnd())).toEqual(
      mails.map((each) => each.toString('latin1').trimEnd()),
    );
  });

  it('lose the line of an mbox that a program left at their head', () => {
    const left = Buffer.concat([
      Buffer.from('From a@example.org Thu Jan  1 00:00:00 1970\n'),
      mail('text\n'),
    ]);
    expect(splitMbox(joinMbox([left]), 10).mails.map(String)).toEqual([`${mail('text\n')}\n`]);
  });
});
