import { describe, expect, it } from 'vitest';
import { readDate } from '../../src/mail/read-date.js';

describe('a date', () => {
  const cases: [string, string | undefined][] = [
    ['Wed, 12 Apr 2017 10:02:11 +0200', '2017-04-12T08:02:11.000Z'],
    ['12 Apr 2017 10:02 -0730', '2017-04-12T17:32:00.000Z'],
    ['Wed, 12 Apr 2017 10:02:11 -0400 (EDT)', '2017-04-12T14:02:11.000Z'],
    ['Wed, 12 Apr 2017 10:02:11 PDT', '2017-04-12T17:02:11.000Z'],
    ['Wed, 12 Apr 2017 10:02:11', '2017-04-12T10:02:11.000Z'],
    ['Wed, 12 Apr 99 10:02:11 GMT', '1999-04-12T10:02:11.000Z'],
    ['Fri, 31 Dec 2016 23:59:60 +0000', '2016-12-31T23:59:59.000Z'],
    ['Thu, 30 Feb 2017 10:02:11 +0000', undefined],
    ['Wed, 12 Foo 2017 10:02:11 +0200', undefined],
    ['Wed, 12 Apr 2017 25:02:11 +0200', undefined],
    ['soon 2017', undefined],
    ['', undefined],
  ];
  it.each(cases)('%s', (text, expected) => {
    expect(readDate(text)).toBe(expected);
  });

  it('that is missing stays missing', () => {
    expect(readDate(undefined)).toBeUndefined();
  });
});
