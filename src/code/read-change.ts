import type { Config } from '../../simulator/c/load.js';
import type { Change } from '../change/change.js';
import type { NotAnalysed } from '../finding/review.js';
import { type ChangedLine, changedLines } from './changed-lines.js';
import type { Code } from './code.js';
import { gapsOf } from './gap/gaps.js';
import { readHeaders } from './header.js';
import { filesOf, modelledFiles } from './modelled.js';
import { recallCode } from './recall-code.js';
import { compareFunctions, type TouchedFunction } from './touched.js';

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
  const notAnalysed = gapsOf(change, { before, after, touched, reordered, changed, headersLeft }, config);
  return { before, after, touched, changed, notAnalysed };
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
