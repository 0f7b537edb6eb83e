import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isProblem } from '../../src/finding/problem.js';
import { isPathWitness } from '../../src/path/path-witness.js';
import { replayPathWitness } from '../../src/path/replay-path-witness.js';
import { replayWitness } from '../../src/race/replay-witness.js';
import { review } from '../../src/review.js';
import { packageRoot } from '../../src/root.js';
import { Dice } from './dice.js';

const options = { trees: [], races: [], full: false, config: new Map<string, string>() };
const mail = (name: string) => readFileSync(join(packageRoot, 'fixtures', name));

/** What a mail or a page may make of a witness, and what somebody may try. */
const mutations: ((text: string, at: number, dice: Dice) => string)[] = [
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at, dice) => text.slice(0, at) + dice.of([...'0123456789abcdefx.*@_- \n\0é']) + text.slice(at + 1),
  (text, at, dice) => text.slice(0, at) + text.slice(at, at + dice.roll(40)).repeat(1 + dice.roll(300)),
  (text, at) => text.slice(0, at),
  (text, at) =>
    text.replace(/\d+(?=[a-hx.]|$)/g, (count, where: number) => (where > at ? `${+count + 1}` : count)),
  (text, _, dice) => text.replace(/\d+/g, () => `${dice.roll(9_999_999)}`),
  (text) => text.replace(/before|after/, (side) => (side === 'after' ? 'before' : 'after')),
  (text, _, dice) => text.replace(/[a-h](?=\d)/g, () => dice.of([...'abcdefgh'])),
  (text, at, dice) => `${text.slice(0, at)}*${dice.of(['zzz', '0', 'a', '1*'])}*${text.slice(at)}`,
];

const leaky = `diff --git a/mm/truncate.c b/mm/truncate.c
--- a/mm/truncate.c
+++ b/mm/truncate.c
@@ -2,4 +2,6 @@
 {
 	spin_lock(&inode->i_lock);
+	if (is_bad_inode(inode))
+		return -EIO;
 	inode->i_state |= bit;
 	spin_unlock(&inode->i_lock);
`;

const kernel = mkdtempSync(join(tmpdir(), 'faultline-witness-'));
afterAll(() => rmSync(kernel, { recursive: true }));

/** Where a witness comes from. */
interface Origin {
  patch: Buffer;
  trees: string[];
}

/** A sample in each run; FAULTLINE_WITNESS_CASES=250 and more take a minute and more. */
const cases = Number(process.env.FAULTLINE_WITNESS_CASES ?? 120);

const witnesses: (Origin & { witness: string })[] = [];

beforeAll(async () => {
  mkdirSync(join(kernel, 'mm'));
  const body =
    'spin_lock(&inode->i_lock);\n\tinode->i_state |= bit;\n\tspin_unlock(&inode->i_lock);\n\treturn 0;';
  writeFileSync(
    join(kernel, 'mm', 'truncate.c'),
    `int mark(struct inode *inode, int bit)\n{\n\t${body}\n}\n`,
  );
  const origins: Origin[] = [
    { patch: mail('no-second-lookup.mbox'), trees: [] },
    { patch: mail('page-cache-gate.mbox'), trees: [] },
    { patch: Buffer.from(leaky), trees: [kernel] },
  ];
  for (const origin of origins) {
    const told = await review(origin.patch, { ...options, trees: origin.trees });
    if (isProblem(told)) throw new Error(told.problem);
    for (const { witness } of told.patches.flatMap(({ findings }) => findings))
      witnesses.push({ witness, ...origin });
  }
});

const replay = ({ witness, patch, trees }: Origin & { witness: string }) =>
  (isPathWitness(witness) ? replayPathWitness : replayWitness)(witness, { ...options, patch, trees });

it('there are witnesses of both kinds, and each shows again what it showed', async () => {
  expect(new Set(witnesses.map(({ witness }) => isPathWitness(witness))).size).toBe(2);
  for (const one of witnesses) expect(await replay(one)).toMatchObject({ outcome: 'reproduced' });
});

it('whatever becomes of its text, a witness is refused in one line or says what came of it', async () => {
  const dice = new Dice(27);
  const seen = new Map<string, number>();
  for (let n = 0; n < cases; n++) {
    const one = dice.of(witnesses);
    let { witness } = one;
    for (let left = 1 + dice.roll(3); left > 0; left--)
      witness = dice.of(mutations)(witness, dice.roll(witness.length + 1), dice);
    const answer = await replay({ ...one, witness });
    const outcome = isProblem(answer) ? 'refused' : answer.outcome;
    if (isProblem(answer)) expect(answer.problem).toMatch(/^[^\n\0]{5,400}$/);
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  }
  // What is changed and leads there all the same is rare.
  seen.delete('reproduced');
  expect([...seen.keys()].sort()).toEqual(['not-reproduced', 'other-code', 'refused']);
}, 240_000);
