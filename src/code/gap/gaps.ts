import type { Config } from '../../../simulator/c/load.js';
import type { Change } from '../../change/change.js';
import type { NotAnalysed } from '../../finding/review.js';
import type { ChangedLine } from '../changed-lines.js';
import type { Code } from '../code.js';
import { modelledFiles, standIns, worldOf } from '../modelled.js';
import { isSameCode } from '../same-code.js';
import type { Reordered, TouchedFunction } from '../touched.js';
import { bootCalls } from './boot.js';
import { changedContents } from './contents.js';
import { headerFunctions } from './header-functions.js';
import { leftOutGaps } from './left-out.js';
import { lessMasked } from './less-masked.js';
import { movedAway } from './moved.js';
import { oneAnswerGaps } from './one-answer.js';
import { ownFunctions } from './own-functions.js';
import { unread } from './unread.js';

/** Both sides of a change as code, and what was found of it so far. */
export interface Sides {
  before: Code;
  after: Code;
  touched: readonly TouchedFunction[];
  reordered: readonly Reordered[];
  changed: { before: ChangedLine[]; after: ChangedLine[] };
  /** Headers of which not all could be taken over. */
  headersLeft: readonly NotAnalysed[];
}

/** What a change does, or may do, and no scenario executes: a gap each. What it opens, nobody may take for clean. */
export function gapsOf(change: Change, sides: Sides, config?: Config): NotAnalysed[] {
  const { before, after, touched, reordered, changed, headersLeft } = sides;
  const absent = change.leftOut.filter(({ path }) => modelledFiles.includes(path));
  return [
    ...absent.map(({ path, why }) => ({ what: path, why, modelled: true })),
    ...stoodFor(change),
    ...movedAway(change, touched),
    ...bootCalls(change),
    ...unread(change),
    ...ownFunctions(change, before, config),
    ...headerGaps(headersLeft, headerFunctions(change, before, changed.before, config)),
    ...reordered.map(gapOf),
    ...lessMasked(before, after, config),
    ...(touched.length > 0 ? changedContents(before, after, config) : []),
    ...leftOutGaps(before, after, changed, config),
    ...(touched.length > 0 ? oneAnswerGaps(before, after, changed, config) : []),
    ...stoodForElsewhere(touched),
  ];
}

/** Files that are changed, and that are not what runs. */
function stoodFor({ files, before, after }: Change): NotAnalysed[] {
  const paths = [...new Set(files.flatMap((file) => [file.oldPath, file.newPath]))];
  const why = 'the model stands for this file; its real text is not executed yet';
  return paths
    .filter((path) => standIns.includes(path) && !isSameCode(before.get(path), after.get(path)))
    .map((path) => ({ what: path, why, modelled: true }));
}

/** What is executed by itself, and has the model in its place in the scenarios of others. */
function stoodForElsewhere(touched: readonly TouchedFunction[]): NotAnalysed[] {
  return [...new Set(touched.map(({ file }) => file))].flatMap((what) => {
    if (worldOf([what]) === 'array')
      return { what, why: 'races of DAX and the page cache run an XArray of the model in its place' };
    return what === 'mm/truncate.c'
      ? { what, why: 'races of DAX run truncation and invalidation of the model in its place' }
      : [];
  });
}

/** What is known of a header better than that the model stands for it takes the place of that. */
function headerGaps(left: readonly NotAnalysed[], own: readonly NotAnalysed[]): NotAnalysed[] {
  const isTold = (path: string) => standIns.includes(path) || own.some(({ what }) => what === path);
  return [...left.filter(({ what }) => !isTold(what)), ...own.filter(({ what }) => !standIns.includes(what))];
}

/** To the threads of the model every access happens once, and in the order of the program. */
function gapOf({ name, orders }: Reordered): NotAnalysed {
  const why = `${orders.join(', ')} ${orders.length > 1 ? 'are' : 'is'} gone or moved, and memory is sequentially consistent here: what that does is not seen`;
  return { what: `${name}()`, why, modelled: true };
}
