import { applySeries } from '../change/apply-series.js';
import type { Change } from '../change/change.js';
import { orderTrees } from '../change/order-trees.js';
import { readSeries } from '../change/read-series.js';
import type { Tree } from '../change/tree.js';
import type { Problem } from '../finding/problem.js';
import type { ReplayOptions } from '../finding/request.js';
import { readMessages } from '../mail/read.js';
import { gatherSeries } from '../series/gather.js';
import { withoutRedefined } from './gap/redefined.js';
import { graft } from './graft/graft.js';

/** The changes of the series in a mail or diff, each made on the one before it. Never none. */
export async function changesOf(
  input: Buffer,
  trees: Tree[],
  wanted: ReplayOptions['wanted'],
): Promise<Change[] | Problem> {
  const read = await readMessages(input);
  if ('problem' in read) return { problem: read.problem, exit: 3 };
  const series = gatherSeries(read.messages, wanted);
  const changes = await applySeries(readSeries(series), orderTrees(trees, series), graft);
  const refused = changes.find((change) => change.status === 'not-applied');
  if (refused !== undefined) return { problem: refused.why ?? 'the patch does not apply', exit: 3 };
  // What a review left out was as before in what it executed.
  const compared = changes.map((change) => withoutRedefined(change).change);
  return changes.length > 0 ? compared : { problem: 'there is no patch in the input', exit: 3 };
}
