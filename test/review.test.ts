import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isProblem } from '../src/finding/problem.js';
import { review } from '../src/review.js';
import { packageRoot } from '../src/root.js';

const race = 'dax-pmd-insert-race';
const both = readFileSync(join(packageRoot, 'fixtures', 'opens-and-closes.mbox'), 'utf8');
const [one, two] = both.split(/(?=^From [0-9a-f]{40} )/m) as [string, string];

/** For each patch of an input: what it introduces. */
async function introduced(text: string) {
  const options = { trees: [], races: [race], full: false, config: new Map<string, string>() };
  const answer = await review(Buffer.from(text), options);
  if (isProblem(answer)) throw new Error(answer.problem);
  const rules = answer.patches.map(({ subject, findings }) => [
    subject,
    findings.filter(({ status }) => status === 'introduced').map((finding) => finding.race),
  ]);
  return { status: answer.series.status, rules, passing: answer.patches.map((each) => each.passing) };
}

/** Patch 2 once more, as an answer to the one before; its diff is `lines` in place of all that it added. */
function rerolled(lines: string[]): string {
  const id = /^Message-ID: (.*)$/m.exec(two)![1]!;
  const body = two
    .replace(/^\+(?!\+\+).*\n/gm, '')
    .replace(/@@ -(\d+),6 \+\1,\d+ @@(.*\n)((?: .*\n){3})/, (_, at, section, context) => {
      return `@@ -${at},6 +${at},${6 + lines.length} @@${section}${context}${lines.map((line) => `+${line}\n`).join('')}`;
    });
  return body
    .replace('[PATCH v2 2/2]', '[PATCH v3 2/2]')
    .replace(/^(In-Reply-To|References): .*$/gm, `$1: ${id}`)
    .replace(/^Message-ID: .*$/m, 'Message-ID: <v3@example.org>');
}

const added = [...two.matchAll(/^\+(?!\+\+)(.*)$/gm)].map((match) => match[1]!);

describe('a series is reviewed patch by patch', () => {
  it('and what a later patch closes is not reported', async () => {
    const { status, rules, passing } = await introduced(both);
    expect(status).toBe('complete');
    expect(rules.map(([, found]) => found)).toEqual([[], []]);
    // Who bisects may stop at the first patch.
    expect(passing).toEqual([[expect.stringMatching(/^[\w-]+ in \w+\(\)$/)], undefined]);
  });

  it('and the patch that opens a race is blamed, when the one that closes it is missing', async () => {
    const { status, rules } = await introduced(one);
    expect(status).toBe('incomplete');
    expect(rules.map(([, found]) => found)).toEqual([[race]]);
  });

  it('and so it is when the patch that closed it was sent again and does no more', async () => {
    const { status, rules } = await introduced(both + rerolled(['\t/* Nothing was locked. */']));
    expect(status).toBe('partial-reroll');
    expect(rules.map(([, found]) => found)).toEqual([[race], []]);
    expect(rules[1]![0]).toContain('[PATCH v3 2/2]');
  });

  it('and a patch that was sent again and closes it silences the one before', async () => {
    const { status, rules } = await introduced(both + rerolled(['\t/* Again. */', ...added]));
    expect(status).toBe('partial-reroll');
    expect(rules.map(([, found]) => found)).toEqual([[], []]);
  });

  it('and one that does not apply is named', async () => {
    const trees = [join(packageRoot, 'simulator', 'baseline', 'radix')];
    const options = { trees, races: [race], full: false, config: new Map<string, string>() };
    const misfit = two.replace(/^ (\t.*)$/m, ' \tnothing_like_it();');
    const answer = await review(Buffer.from(one + misfit), options);
    expect(answer).toMatchObject({
      problem: expect.stringMatching(/^\[PATCH v2 2\/2\] dax: .*: fs\/dax\.c, hunk 1: /),
      exit: 3,
    });
  });
});
