import { fatalProblem } from '../../src/change/patch.js';
import { readPatch } from '../../src/change/read-patch.js';
import type { Tree } from '../../src/change/tree.js';
import { readMessages } from '../../src/mail/read.js';
import { gatherSeries } from '../../src/series/gather.js';
import type { B4Series } from './ask-b4.js';
import { type Applied, compareTrees } from './same-tree.js';

/** How ours and b4's answer to one mail compare. */
export interface Agreement {
  /** The same for two mails of one series. */
  key: string;
  id: string;
  subject: string;
  mails: 'same' | 'differ' | 'b4-nothing' | 'ours-nothing';
  /** Message-IDs of the patches; only where they differ. */
  ours?: string[];
  b4?: string[];
  missing?: string[];
  status: string;
  problem?: string;
  said?: string;
  /** What became of both when applied; absent when not tried. */
  tree?: Applied;
}

async function bestTree(
  patches: ReturnType<typeof readPatch>[],
  mbox: Buffer,
  trees: Tree[],
): Promise<Applied> {
  for (const tree of trees) {
    const applied = await compareTrees(patches, mbox, tree);
    if (applied !== 'neither') return applied;
  }
  return compareTrees(patches, mbox);
}

/**
 * Reads a thread here, lets b4 read it, and compares. undefined when the thread cannot be read at all, and for
 * a series that was `seen`.
 */
export async function compareSeries(
  thread: Buffer,
  id: string,
  ask: (version: number) => B4Series,
  trees: Tree[],
  seen: Set<string>,
): Promise<Agreement | undefined> {
  const read = await readMessages(thread);
  if ('problem' in read) return undefined;
  const series = gatherSeries(read.messages, id);
  const ours = series.patches.map((message) => message.id ?? '');
  const key = ours.join(' ') || id;
  if (seen.has(key)) return undefined;
  seen.add(key);
  const b4 = ask(series.version);
  const same = ours.length === b4.ids.length && ours.every((each, at) => each === b4.ids[at]);
  const mails = same
    ? 'same'
    : b4.ids.length === 0
      ? 'b4-nothing'
      : ours.length === 0
        ? 'ours-nothing'
        : 'differ';
  const patches = series.patches.map(readPatch);
  const problem = patches.map(fatalProblem).find(Boolean)?.reason;
  const agreement: Agreement = {
    key,
    id,
    subject: series.subject,
    mails,
    status: series.status,
  };
  if (problem !== undefined) agreement.problem = problem;
  if (!same)
    Object.assign(agreement, { ours, b4: b4.ids, missing: series.missing, said: b4.said.slice(-600) });
  if (same && patches.length > 0 && problem === undefined)
    agreement.tree = await bestTree(patches, b4.mbox, trees);
  return agreement;
}
