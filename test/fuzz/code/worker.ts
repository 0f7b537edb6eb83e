import { isProblem } from '../../../src/finding/problem.js';
import { wasJudged } from '../../../src/finding/reach.js';
import type { PatchReview, Review } from '../../../src/finding/review.js';
import { isPathWitness } from '../../../src/path/path-witness.js';
import { replayPathWitness } from '../../../src/path/replay-path-witness.js';
import { replayWitness } from '../../../src/race/replay-witness.js';
import { defaultContext } from '../../../src/report/context.js';
import { formats, reporterOf } from '../../../src/report/index.js';
import { review } from '../../../src/review.js';
import { peakMb } from '../../peak.js';
import type { Answer, Outcome, Task } from './task.js';

// One case after the other, for a parent that ends this process when one takes too long.

/** More findings than these are not replayed: each takes a search of its own. */
const mostReplays = 2;

function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

function outcomeOf(patch: PatchReview): Outcome {
  if (patch.findings.length > 0) return 'found';
  if (wasJudged(patch)) return 'judged';
  return patch.touched.length === 0 ? 'same' : 'not-analysed';
}

/** What nobody may see on a terminal or in a mail. */
function checkText(text: string, format: string): void {
  check(
    !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(text),
    `${format}: raw control characters`,
  );
  check(!/\bundefined\b|\bNaN\b|\[object /.test(text.replace(/'[^']*'/g, '')), `${format}: undefined or NaN`);
}

async function replayAll(told: Review, { patch, tree, races }: Task): Promise<number> {
  const options = { trees: [tree], races, full: false, config: new Map<string, string>() };
  const findings = told.patches.flatMap((each) => each.findings).slice(0, mostReplays);
  for (const { witness } of findings) {
    const replay = isPathWitness(witness) ? replayPathWitness : replayWitness;
    const answer = await replay(witness, { ...options, patch: Buffer.from(patch) });
    check(!isProblem(answer), `${witness}: ${isProblem(answer) ? answer.problem : ''}`);
    if (!isProblem(answer)) check(answer.outcome === 'reproduced', `${witness}: ${answer.outcome}`);
  }
  return findings.length;
}

async function run(task: Task): Promise<Pick<Answer, 'outcome' | 'why' | 'replayed'>> {
  const { patch, tree, races } = task;
  const options = { trees: [tree], races, full: false, config: new Map<string, string>() };
  const told = await review(Buffer.from(patch), options);
  if (isProblem(told)) {
    check(
      told.problem.length > 0 && told.problem.length < 5000 && !told.problem.includes('\n'),
      told.problem,
    );
    return { outcome: 'refused', why: told.problem, replayed: 0 };
  }
  for (const format of formats) {
    const { output } = (await reporterOf(format))(told, defaultContext);
    if (format !== 'html' && format !== 'email') checkText(output, format);
  }
  return { outcome: outcomeOf(told.patches[0]!), why: '', replayed: await replayAll(told, task) };
}

async function answer(task: Task): Promise<Answer> {
  const start = process.cpuUsage();
  const came = await run(task).catch((error: Error) => {
    return { outcome: 'broken' as const, why: `${error.stack ?? error}`, replayed: 0 };
  });
  const { user, system } = process.cpuUsage(start);
  return { ...came, cpuMs: Math.round((user + system) / 1000), peakMb: Math.round(peakMb()) };
}

process.on('message', (task: Task) => void answer(task).then((done) => process.send?.(done)));
process.once('disconnect', () => process.exit());
