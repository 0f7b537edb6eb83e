import { lockingAssumption } from '../../rules/path/locking-assumption.js';
import { explorePaths, type PathVerdict } from '../../simulator/path/explore-paths.js';
import type { Fn } from '../../simulator/vm/program.js';
import type { Change } from '../change/change.js';
import { openTrees } from '../change/open-all.js';
import { lineBefore } from '../code/changed-lines.js';
import { changesOf } from '../code/changes-of.js';
import { touchedFunctions } from '../code/touched.js';
import type { Finding } from '../finding/finding.js';
import type { Problem } from '../finding/problem.js';
import type { ReplayReport } from '../finding/replay-report.js';
import type { ReplayOptions } from '../finding/request.js';
import { assumptionsOf } from './assumptions.js';
import type { ComparedPath } from './compare-paths.js';
import { lostReleases } from './lost-release.js';
import { opened } from './opened.js';
import { pathFinding } from './path-finding.js';
import { hashOf, type PathWitness, parsePathWitness } from './path-witness.js';
import { pathRules } from './rules.js';
import { keyOf } from './run-paths.js';
import { type Side, sidesOf } from './sides.js';

/** Runs a path again: on the same code it must break the same rule. */
export async function replayPathWitness(
  text: string,
  options: ReplayOptions,
): Promise<ReplayReport | Problem> {
  const witness = parsePathWitness(text);
  if (typeof witness === 'string') return { problem: witness, exit: 2 };
  if (options.patch === undefined) return { problem: 'a path is replayed on a patch: --patch FILE', exit: 2 };
  const trees = await openTrees(options.trees, options.onProgress);
  if (!Array.isArray(trees)) return trees;
  try {
    const changes = await changesOf(options.patch, trees, options.wanted);
    if (!Array.isArray(changes)) return changes;
    const answers: Answer[] = [];
    for (const change of changes) {
      answers.push(await replayOn(witness, change, options.config));
      const more = opened(sidesOf(change, options.config), options.config);
      if (more) answers.push(await replayOn(witness, change, more));
    }
    const { outcome, finding, why } = answers.find((one) => one.outcome !== 'other-code') ?? answers[0]!;
    return { version: 1, witness: text, outcome, finding, why };
  } finally {
    await Promise.all(trees.map((tree) => tree.close()));
  }
}

type Answer = Pick<ReplayReport, 'outcome' | 'finding' | 'why'>;

async function replayOn(
  witness: PathWitness,
  change: Change,
  config: ReplayOptions['config'],
): Promise<Answer> {
  const sides = sidesOf(change, config);
  if (witness.rule !== lockingAssumption.rule) return replayAlone(witness, change, sides);
  const names = new Set(
    touchedFunctions(sides.before.code, sides.after.code, config).map(({ name }) => name),
  );
  const { all, side } = await assumptionsOf(sides[witness.side], names, change, config);
  const runs = all.flatMap(({ callers }) => callers.without);
  return replayIn(witness, side, (fn) => runs.find((run) => run.fn === fn));
}

/** Whether a lock may be held at the end is judged by the other paths, too, and by those before the patch. */
function replayAlone(witness: PathWitness, { files }: Change, sides: { before: Side; after: Side }): Answer {
  const run = ({ program }: Side, fn: Fn) => explorePaths(program, fn, pathRules);
  const lost = (fn: Fn, verdict: PathVerdict) => {
    const was = sides.before.program.functions.find((one) => keyOf(one) === keyOf(fn));
    if (witness.side === 'before' || was === undefined) return [];
    const before = new Map([[keyOf(was), { fn: was, verdict: run(sides.before, was) }]]);
    const after = new Map([[keyOf(fn), { fn, verdict }]]);
    const moved = lineBefore(sides.after.changed);
    return lostReleases(files, { ...sides.before, runs: before }, { ...sides.after, runs: after }, moved);
  };
  const side = sides[witness.side];
  return replayIn(witness, side, (fn) => {
    const verdict = run(side, fn);
    return { ...verdict, said: [...verdict.said, ...lost(fn, verdict).map(({ said }) => said)] };
  });
}

function replayIn(witness: PathWitness, side: Side, run: (fn: Fn) => PathVerdict | undefined): Answer {
  const { program } = side;
  const named = program.functions.filter(({ name }) => name === witness.function);
  const fn = named.find((each) => hashOf(program, each) === witness.hash);
  if (fn === undefined) {
    const hashes = named.map((each) => hashOf(program, each)).join(', ') || 'no such function';
    return answer('other-code', [`the witness was found on ${witness.hash}, this code has ${hashes}`]);
  }
  const verdict = run(fn);
  if (verdict === undefined) return answer('not-reproduced', [`${fn.name}() has the lock on all paths`]);
  const { misfit } = verdict.retrace(witness.choices);
  if (misfit !== undefined) return answer('not-reproduced', [misfit]);
  const said = verdict.said.find(
    (one) => one.rule.rule === witness.rule && one.choices.join() === witness.choices.join(),
  );
  if (said === undefined) return answer('not-reproduced', ['the path breaks no such rule']);
  const status = witness.side === 'before' ? 'fixed' : 'present';
  const alarm: ComparedPath = { status, side: witness.side, run: { fn, verdict }, said, assumptions: [] };
  const finding = pathFinding(alarm, side);
  return finding ? answer('reproduced', [], finding) : answer('not-reproduced', ['the path ends elsewhere']);
}

function answer(outcome: Answer['outcome'], why: string[], finding: Finding | null = null): Answer {
  return { outcome, finding, why };
}
