import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isProblem } from '../../src/finding/problem.js';
import { readCatalogue } from '../../src/race/read.js';
import { review } from '../../src/review.js';

/** Holes that were read against blocks that a write brings: what entry locks were made for in 2016. */
const races = readCatalogue()
  .map(({ id }) => id)
  .filter((id) => /^dax-(hole-versus|load-hole)/.test(id));

/** What was proposed in their place, in own words, on the baseline of that time. */
for (const proposal of ['retry-to-allocate', 'load-hole-first']) {
  test(`${proposal} is judged by replay`, async () => {
    const mail = readFileSync(`fixtures/${proposal}.mbox`);
    const answer = await review(mail, { trees: [], races, full: false, config: new Map() });
    if (isProblem(answer)) throw new Error(answer.problem);
    const replays = answer.patches.flatMap((patch) => patch.replays);
    expect(replays.map(({ bound }) => bound)).toEqual(races.map(() => 'complete'));
    const verdicts = replays.map(({ race, before, after }) => `${race}: ${before} before, ${after} after\n`);
    const file = `fixtures/${proposal}.verdicts`;
    if (process.env.UPDATE === '1') writeFileSync(file, verdicts.join(''));
    expect(verdicts.join('')).toBe(readFileSync(file, 'utf8'));
  });
}
