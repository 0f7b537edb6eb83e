import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSync } from 'recheck';
import { parseSync, Visitor } from 'vite';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../src/root.js';

const own = 'text of ours: the model, its baselines, rules, help';
const note = 'one note on a step, in the words of the simulator';

/** Patterns that may take more than linear time, by how each begins, and what keeps what they read short or ours. */
const bounded: Record<string, string> = {
  '^(?:\\/\\*(?:(?!\\*\\/)': own,
  '^struct (\\w+) \\{\\n': own,
  '^(?!static\\b)[a-z]': own,
  '[<[][^\\]>]+[\\]>]': own,
  '^\\s*--.*$': own,
  '^(?![\\s#/*}])[^\\n;={}]*?\\b(\\w+)': own,
  '\\/\\*\\s*@(\\w+)': own,
  '^\\s*[\\w\\s]+[\\s*]\\**(\\w+)': 'a line of 200 characters',
  '^[a-z]+:\\/\\/[^/@]*:[^/@]*@': 'an address of 2,000 characters, in a configuration',
  '\\S+:\\/\\/\\S+': '2,000 characters of an error',
  '<([^<>\\s]+@[^<>\\s]+)>': "a line of the MAINTAINERS of the user's own tree",
  '^\\s*auth [0-9a-f]{6,}': '4 KiB of a mail',
  '\\bfl\\.[\\w.-]{1,80}@': 'each part is bounded in itself',
  '(?:Not tainted|Tainted:': 'each part is bounded in itself',
  '^[^:]*: (.*) -> (.*)$': note,
  '\\([^)]*\\)': note,
  '^(\\w[\\w .[\\]]*): .* -> (.*)$': note,
  '\\bmaps (0x[0-9a-f]+)': note,
  '\\b(?:[a-z0-9_]+\\/)+[\\w.-]+\\.[ch]': 'a line of a report, of 4,000 characters',
  '^(.{8,200}?)[-.]': 'a Message-ID of 998 characters',
  '\\S+@\\S+': 'the first 1,000 characters of a header',
  '^(.*?)\\.\\.(?!\\.)(.*)$': 'an argument of a command line',
};

interface Told {
  status: string;
  complexity?: { summary: string };
}

interface Pattern {
  source: string;
  flags: string;
  where: string;
}

function* patterns(): Generator<Pattern> {
  for (const folder of ['src', 'simulator']) {
    for (const name of readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.[jt]s$/.test(name)) continue;
      const where = join(folder, name);
      const found: Pattern[] = [];
      const visitor = new Visitor({
        Literal: (node) => {
          if ('regex' in node) found.push({ source: node.regex.pattern, flags: node.regex.flags, where });
        },
      });
      visitor.visit(parseSync(name, readFileSync(join(packageRoot, where), 'utf8')).program);
      yield* found;
    }
  }
}

describe('patterns', () => {
  const all = [...patterns()];

  it('take time that is linear in what they read, or read little', () => {
    const seen = new Set<string>();
    const slow: string[] = [];
    for (const { source, flags, where } of all) {
      if (seen.has(source) || Object.keys(bounded).some((head) => source.startsWith(head))) continue;
      seen.add(source);
      const told = checkSync(source, flags, { timeout: null }) as Told;
      if (told.status !== 'safe')
        slow.push(`${where}: /${source}/ ${told.complexity?.summary ?? told.status}`);
    }
    expect(seen.size).toBeGreaterThan(300);
    expect(slow).toEqual([]);
  }, 300_000);

  it('that are excused are there, and an excuse is for one of them', () => {
    for (const head of Object.keys(bounded)) {
      const excused = all.filter(({ source }) => source.startsWith(head)).map(({ source }) => source);
      expect([...new Set(excused)], head).toHaveLength(1);
    }
  });
});
