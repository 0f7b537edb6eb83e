/**
 * Reviews known history in both directions without a tree, and holds each answer against the answer with the
 * tree: `npm run agree:graft -- CASES [--only ID]`. Ends with 1 when one contradicts the tree.
 */
import { parseArgs } from 'node:util';
import { isProblem, type Problem } from '../../src/finding/problem.js';
import { wasJudged } from '../../src/finding/reach.js';
import type { Review } from '../../src/finding/review.js';
import { review } from '../../src/review.js';
import type { Case } from '../../src/truth/case.js';
import { readCases } from '../../src/truth/read-cases.js';

type Agreement = 'agrees' | 'not analysed' | 'weaker' | 'CONTRADICTS' | 'no tree answer';

/** What one review says, as one word: what it introduced or fixed, of which rules. */
interface Said {
  judged: boolean;
  introduced: string[];
  fixed: string[];
  why: string;
}

function said(answer: Review | Problem): Said {
  if (isProblem(answer)) return { judged: false, introduced: [], fixed: [], why: answer.problem };
  const findings = answer.patches.flatMap((patch) => patch.findings);
  const rules = (status: string) =>
    [
      ...new Set(
        findings
          .filter((each) => each.status === status)
          .map(({ rule, location }) => `${rule} ${location.function}`),
      ),
    ].sort();
  const gaps = answer.patches.flatMap(({ notAnalysed }) =>
    notAnalysed.map(({ what, why }) => `${what}: ${why}`),
  );
  return {
    judged: answer.patches.every((patch) => patch.base.method !== 'none') && answer.patches.some(wasJudged),
    introduced: rules('introduced'),
    fixed: rules('fixed'),
    why: gaps[0] ?? 'nothing of it is executed',
  };
}

/** An alarm or an all-clear that the tree does not bear out contradicts it; a finding missed is only weaker. */
function hold(without: Said, tree: Said): Agreement {
  if (!tree.judged) return without.judged && without.introduced.length > 0 ? 'CONTRADICTS' : 'no tree answer';
  if (!without.judged) return 'not analysed';
  const wrong =
    (without.introduced.length > 0 && tree.introduced.length === 0) ||
    (without.introduced.length === 0 && tree.introduced.length > 0) ||
    (without.fixed.length > 0 && tree.fixed.length === 0);
  if (wrong) return 'CONTRADICTS';
  return without.fixed.length === 0 && tree.fixed.length > 0 ? 'weaker' : 'agrees';
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', multiple: true } },
});
const options = { races: [], full: false, config: new Map<string, string>() };
const counts = new Map<Agreement, number>();

async function compare(one: Case, direction: 'forward' | 'reverse'): Promise<void> {
  const patch = direction === 'forward' ? one.patch : one.reverse;
  const tree = said(
    await review(patch, { ...options, trees: [direction === 'forward' ? one.pre : one.post] }),
  );
  const answer = await review(patch, { ...options, trees: [] });
  const without = said(answer);
  const base = isProblem(answer) ? undefined : answer.patches[0]?.base;
  const agreement = hold(without, tree);
  counts.set(agreement, (counts.get(agreement) ?? 0) + 1);
  const era = base?.tree ?? '';
  const tell = (one: Said) =>
    `${one.judged ? '' : 'not judged '}introduced [${one.introduced}] fixed [${one.fixed}]`;
  process.stdout.write(
    `${one.id.padEnd(26)} ${direction} ${agreement.padEnd(15)} ${without.judged ? era : without.why}\n`,
  );
  if (agreement !== 'not analysed' && agreement !== 'no tree answer')
    process.stdout.write(`    tree:    ${tell(tree)}\n    without: ${tell(without)}\n`);
}

const read = await readCases(positionals[0] ?? '.');
if ('problem' in read) {
  process.stderr.write(`${read.problem}\n`);
  process.exit(2);
}
for (const one of read.cases) {
  if (values.only !== undefined && !values.only.some((id) => one.id.startsWith(id))) continue;
  await compare(one, 'forward');
  await compare(one, 'reverse');
}
process.stdout.write(`${[...counts].map(([what, count]) => `${count} ${what}`).join(', ')}\n`);
process.exit(counts.has('CONTRADICTS') ? 1 : 0);
