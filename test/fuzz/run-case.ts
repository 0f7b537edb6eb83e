import { applySeries } from '../../src/change/apply-series.js';
import { fatalProblem } from '../../src/change/patch.js';
import { whyUnsafe } from '../../src/change/path.js';
import { readSeries } from '../../src/change/read-series.js';
import type { Tree } from '../../src/change/tree.js';
import { readMessages } from '../../src/mail/read.js';
import { describeSeries, whyEmpty } from '../../src/series/describe.js';
import { gatherAll, gatherSeries } from '../../src/series/gather.js';

export type Outcome = 'unreadable' | 'empty' | 'malformed' | 'refused' | 'applied';

/** What must be true of every input; an Error says what was not. */
function check(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

function checkLine(line: string | undefined): void {
  check(line !== undefined && line.length > 0 && line.length < 5000, `no clear line: ${line?.slice(0, 200)}`);
  check(!/[\n\0]|\bundefined\b|\bNaN\b/.test(line!), `no clear line: ${JSON.stringify(line!.slice(0, 300))}`);
}

/** Takes some bytes all the way from mails to changed files. Throws when something that must hold does not. */
export async function runCase(bytes: Buffer, tree: Tree): Promise<Outcome> {
  const read = await readMessages(bytes);
  if ('problem' in read) {
    checkLine(read.problem);
    return 'unreadable';
  }
  gatherAll(read.messages);
  const series = gatherSeries(read.messages);
  const told = describeSeries(series, []);
  check(
    JSON.stringify(told).length < 20 * bytes.length + 100_000,
    'the description is larger than what it describes',
  );
  const empty = whyEmpty(series);
  if (empty !== undefined) {
    checkLine(empty);
    return 'empty';
  }
  const patches = readSeries(series);
  check(patches.length === series.patches.length && patches.length > 0, 'a patch was lost');
  const broken = patches.map(fatalProblem).find((problem) => problem !== undefined);
  if (broken) {
    checkLine(broken.reason);
    return 'malformed';
  }
  for (const { files } of patches) {
    const unsafe = files.flatMap((file) => [file.oldPath, file.newPath]).find((path) => whyUnsafe(path));
    check(unsafe === undefined, `an unsafe path came through: ${unsafe}`);
  }
  const changes = await applySeries(patches, [tree]);
  check(changes.length === patches.length, 'a change was lost');
  const refused = changes.find(({ status }) => status !== 'applied');
  if (refused) checkLine(refused.why);
  return refused ? 'refused' : 'applied';
}
