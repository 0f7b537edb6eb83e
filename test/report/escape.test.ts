import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeJson, escapeLine, escapeLines } from '../../src/report/escape.js';
import { hostileText } from './hostile.js';

const steering = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

describe('escaping', () => {
  it('removes whole ANSI sequences, not only their first byte', () => {
    expect(escapeLine('\x1b[31mred\x1b[0m \x9b2Jand \x1b]0;title\x07plain')).toBe('red and plain');
  });

  it('names what steers the eye instead of dropping it', () => {
    expect(escapeLine('a\u202eb\x00c\ud800')).toBe('a<U+202E>b<U+0000>c<U+D800>');
  });

  it('keeps newlines and tabs of a quote, and makes one line of a line', () => {
    expect(escapeLines('a\r\n\tb')).toBe('a\n\tb');
    expect(escapeLine('a\r\n\tb ')).toBe('a b');
  });

  it('leaves letters of every script and emoji alone', () => {
    expect(escapeLine('Müller 山田 Ωμέγα 🐧')).toBe('Müller 山田 Ωμέγα 🐧');
  });

  it('lets nothing through that steers a terminal, whatever the text', () => {
    fc.assert(
      fc.property(fc.array(hostileText), (parts) => {
        const text = parts.join('');
        expect(escapeLine(text)).not.toMatch(steering);
        expect(escapeLines(text)).not.toMatch(steering);
      }),
    );
  });

  it('changes no value of a JSON document', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const json = escapeJson(JSON.stringify([text]));
        expect(JSON.parse(json)).toEqual([text]);
        expect(json).not.toMatch(steering);
      }),
    );
  });
});
