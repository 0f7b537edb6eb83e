import { programHash } from '../../simulator/index.js';
import type { Change } from '../change/change.js';
import { openTrees } from '../change/open-all.js';
import type { Tree } from '../change/tree.js';
import { changesOf } from '../code/changes-of.js';
import { type CodeChange, readChange } from '../code/read-change.js';
import type { Problem } from '../finding/problem.js';
import type { ReplayReport } from '../finding/replay-report.js';
import type { ReplayOptions } from '../finding/request.js';
import { brokenNames } from './break-code.js';
import { readCode } from './check.js';
import { type Absent, type Linked, link } from './link.js';
import { sight } from './make-finding.js';
import { nothingRun, type Outcome } from './outcome.js';
import { placesOf } from './patch-places.js';
import type { Race } from './race.js';
import { readCatalogue } from './read.js';
import { executeSchedule } from './violation.js';
import { parseWitness, type Witness } from './witness.js';

/** Executes a witness again: the same violation must come of it, on the same code. */
export async function replayWitness(text: string, options: ReplayOptions): Promise<ReplayReport | Problem> {
  const witness = parseWitness(text);
  if (typeof witness === 'string') return { problem: witness, exit: 2 };
  const race = readCatalogue().find(({ id }) => id === witness.race);
  if (race === undefined)
    return { problem: `the catalogue has no race "${witness.race.slice(0, 80)}"`, exit: 2 };
  const changes = await codeFor(options);
  if ('problem' in changes) return changes;
  const programs = changes.map((change) => programOf(race, change, witness.side, options.config));
  // A series has one program a patch; the witness was found on one of them.
  const found = programs.find(({ hash }) => hash === witness.hash) ?? (programs.at(-1) as Linking);
  const { change, linked, hash } = found;
  const answer = (outcome: ReplayReport['outcome'], why: string[]): ReplayReport => {
    return { version: 1, witness: text, outcome, finding: null, why };
  };
  if ('absent' in linked) return answer('other-code', [linked.absent]);
  const { scenario, compilation } = linked;
  if (hash !== witness.hash) {
    return answer('other-code', [
      `this code has the hash ${hash}, the witness was found on ${witness.hash}; give what it was found with: --patch, --tree, --config`,
    ]);
  }
  const violation = executeSchedule(scenario, witness.schedule, new Set(brokenNames(race)));
  if (violation === undefined) return answer('not-reproduced', ['the schedule ends in no violation']);
  const { reached } = compilation;
  const known = { ...nothingRun(race), violations: [violation], reached, hash, scenario };
  const outcome: Outcome = { ...known, verdict: 'violated' };
  const status = witness.side === 'before' ? 'fixed' : 'present';
  const { finding } = sight({ status, side: witness.side, outcome, violation }, placesOf(change));
  return { version: 1, witness: text, outcome: 'reproduced', finding, why: [] };
}

interface Linking {
  change: CodeChange;
  linked: Linked | Absent;
  hash: string;
}

function programOf(
  race: Race,
  change: CodeChange,
  side: Witness['side'],
  config: ReplayOptions['config'],
): Linking {
  const linked = link(race, side === 'before' ? change.before : change.after, config);
  return { change, linked, hash: 'absent' in linked ? '' : programHash(linked.scenario.program) };
}

/** The code that a witness speaks of: the patches of a series on their base, or a tree as it stands. */
async function codeFor(options: ReplayOptions): Promise<[CodeChange, ...CodeChange[]] | Problem> {
  const trees = await openTrees(options.trees, options.onProgress);
  if (!Array.isArray(trees)) return trees;
  try {
    if (options.patch === undefined) {
      const code = await readCode(trees[0] as Tree);
      return [
        { before: code, after: code, touched: [], changed: { before: [], after: [] }, notAnalysed: [] },
      ];
    }
    const changes = await changesOf(options.patch, trees, options.wanted);
    if ('problem' in changes) return changes;
    const [first, ...rest] = changes as [Change, ...Change[]];
    const read = (change: Change) => readChange(change, options.config);
    return [await read(first), ...(await Promise.all(rest.map(read)))];
  } finally {
    await Promise.all(trees.map((tree) => tree.close()));
  }
}
