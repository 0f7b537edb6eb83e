import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ruleSentences } from '../../src/finding/rule.js';
import { readCatalogue } from '../../src/race/read.js';
import { testRace } from '../../src/race/self-test-race.js';

const words = new Set(
  [...readFileSync('rules/README.md', 'utf8').matchAll(/^\| `([a-z-]+)` \|/gm)].map((row) => row[1]),
);

describe('the rules', () => {
  it('are told to machines in the words of rules/README.md', () => {
    const [words = ''] = readFileSync('rules/README.md', 'utf8').split(/^## (?!Rules)/m);
    const rows = [...words.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)];
    const told = rows.map(([, word, sentence]) => [word, sentence]);
    expect(Object.entries(ruleSentences)).toEqual(told);
  });
});

describe('the catalogue', () => {
  for (const race of readCatalogue()) {
    it(`${race.id} is found in its own broken code, and not in the baseline`, () => {
      const { broken, repaired } = testRace(race, { config: new Map(), full: false });
      expect(broken.violations.map((violation) => violation.rule)).toContain(race.rule);
      expect(repaired.violations.map((violation) => violation.message)).toEqual([]);
      expect(repaired.verdict).toBe('holds');
    });

    it(`${race.id} is named like its file, and its rule is one that rules/README.md explains`, () => {
      expect(`${race.id}.c`).toBe(basename(race.file));
      expect(words).toContain(race.rule);
      expect(race.prose).not.toBe('');
    });
  }
});
