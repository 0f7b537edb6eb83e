import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/read.js';
import { isOpen } from '../../src/policy/is-open.js';

const list = 'a@lists.example.org';
const read = readConfig(
  `identity: { address: bot@example.org }\nsources: [{ name: box, url: "maildir:/x" }]\nlists: { ${list}: { embargo: 1h } }\n` +
    'github: { token: { env: X }, repositories: [{ name: o/Said, publish: true }, { name: o/silent }, { name: o/closed, publish: true, private: true }] }\n',
);
if (!('config' in read)) throw new Error(JSON.stringify(read.faults));
const { config } = read;
const asked = (lists: string[], repo: string | null, afterMs: number) =>
  isOpen({ lists, repo, arrivedMs: 1e12 }, config, 1e12 + afterMs);

describe('what everybody may read', () => {
  it('is of mail what went to a list, when the embargo is over', () => {
    expect(asked([list], null, 3_599_999)).toBe(false);
    expect(asked([list], null, 3_600_000)).toBe(true);
    expect(asked([], null, 1e12)).toBe(false);
  });

  it('is of a forge what is said in a repository that everybody sees', () => {
    for (const lists of [[], [list]]) {
      expect(asked(lists, 'o/said', 0)).toBe(true);
      for (const repo of ['o/silent', 'o/closed', 'o/unknown']) expect(asked(lists, repo, 1e12)).toBe(false);
    }
    expect(isOpen({ lists: [], repo: 'o/said', arrivedMs: 0 }, { ...config, github: undefined }, 1e12)).toBe(
      false,
    );
  });
});
