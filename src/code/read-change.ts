import type { Config } from '../../simulator/c/load.js';
import type { Change } from '../change/change.js';
import type { NotAnalysed } from '../finding/review.js';
import { bootCalls } from './boot.js';
import { type ChangedLine, changedLines } from './changed-lines.js';
import type { Code } from './code.js';
import { readHeaders } from './header.js';
import { headerFunctions } from './header-functions.js';
import { leftOutGaps } from './left-out.js';
import { lessMasked } from './less-masked.js';
import { filesOf, modelledFiles, standIns, worldOf } from './modelled.js';
import { movedAway } from './moved.js';
import { oneAnswerGaps } from './one-answer.js';
import { ownFunctions } from './own-functions.js';
import { recallCode } from './recall-code.js';
import { isSameCode } from './same-code.js';
import { compareFunctions, type Reordered, type TouchedFunction } from './touched.js';
import { unread } from './unread.js';

/** A change as code: the modelled files before and after, what differs in them, and what cannot be judged. */
export interface CodeChange {
  before: Code;
  after: Code;
  touched: TouchedFunction[];
  changed: { before: ChangedLine[]; after: ChangedLine[] };
  notAnalysed: NotAnalysed[];
}

export async function readChange(change: Change, config?: Config): Promise<CodeChange> {
  const { baseline } = change.base;
  const around = await unchanged(change);
  const before = recallCode({ files: new Map([...modelledOf(change.before), ...around]), baseline });
  const { headers, notAnalysed: headersLeft } = readHeaders(change);
  const after = recallCode({ files: new Map([...modelledOf(change.after), ...around]), baseline, headers });
  const { touched, reordered } = compareFunctions(before, after, config);
  const changed = changedLines(change.files);
  const absent = change.leftOut.filter(({ path }) => modelledFiles.includes(path));
  const notAnalysed = [
    ...absent.map(({ path, why }) => ({ what: path, why, modelled: true })),
    ...stoodFor(change),
    ...stoodForElsewhere(touched),
    ...movedAway(change, touched),
    ...bootCalls(change),
    ...unread(change),
    ...ownFunctions(change, before, config),
    ...headerGaps(headersLeft, headerFunctions(change, before, changed.before, config)),
    ...reordered.map(gapOf),
    ...lessMasked(before, after, config),
    ...leftOutGaps(before, after, changed, config),
    ...(touched.length > 0 ? oneAnswerGaps(before, after, changed, config) : []),
  ];
  return { before, after, touched, changed, notAnalysed };
}

/** Files that are changed, and that are not what runs. */
function stoodFor({ files, before, after }: Change): NotAnalysed[] {
  const paths = [...new Set(files.flatMap((file) => [file.oldPath, file.newPath]))];
  const why = 'the model stands for this file; its real text is not executed yet';
  return paths
    .filter((path) => standIns.includes(path) && !isSameCode(before.get(path), after.get(path)))
    .map((path) => ({ what: path, why, modelled: true }));
}

/** The XArray is executed by itself; around DAX and the page cache the model has its own. */
function stoodForElsewhere(touched: readonly TouchedFunction[]): NotAnalysed[] {
  const files = [...new Set(touched.map(({ file }) => file))].filter((file) => worldOf([file]) === 'array');
  const why = 'races of DAX and the page cache run an XArray of the model in its place';
  return files.map((what) => ({ what, why }));
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

/** Modelled files that the patch leaves alone: races run them with those that it changes, and the XArray only then. */
async function unchanged({ before, after, around }: Change): Promise<[string, string][]> {
  const files: [string, string][] = [];
  const isChanged = (path: string) => before.has(path) || after.has(path);
  const paths = filesOf.array.some(isChanged) ? modelledFiles : filesOf.kernel;
  for (const path of paths) {
    const text = isChanged(path) ? undefined : await around(path);
    if (text !== undefined) files.push([path, text]);
  }
  return files;
}

function modelledOf(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].filter(([path]) => modelledFiles.includes(path)));
}
