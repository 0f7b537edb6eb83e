import type { Change } from '../change/change.js';
import type { NotAnalysed } from '../finding/review.js';
import { type ChangedLine, changedLines } from './changed-lines.js';
import type { Code } from './code.js';
import { readHeaders } from './header.js';
import { modelledFiles, standIns } from './modelled.js';
import { recallCode } from './recall-code.js';
import { isSameCode } from './same-code.js';
import { type TouchedFunction, touchedFunctions } from './touched.js';

/** A change as code: the modelled files before and after, what differs in them, and what cannot be judged. */
export interface CodeChange {
  before: Code;
  after: Code;
  touched: TouchedFunction[];
  changed: { before: ChangedLine[]; after: ChangedLine[] };
  notAnalysed: NotAnalysed[];
}

export async function readChange(change: Change): Promise<CodeChange> {
  const { baseline } = change.base;
  const around = await unchanged(change);
  const before = recallCode({ files: new Map([...modelledOf(change.before), ...around]), baseline });
  const { headers, notAnalysed: headersLeft } = readHeaders(change);
  const after = recallCode({ files: new Map([...modelledOf(change.after), ...around]), baseline, headers });
  const paths = new Set(change.files.flatMap((file) => [file.oldPath, file.newPath]));
  const standing = [...paths]
    .filter((path) => standIns.includes(path))
    .filter((path) => !isSameCode(change.before.get(path), change.after.get(path)))
    .map((path) => ({
      what: path,
      why: 'the model stands for this file; its real text is not executed yet',
    }));
  const absent = change.leftOut.filter(({ path }) => modelledFiles.includes(path));
  const notAnalysed = [...absent.map(({ path, why }) => ({ what: path, why })), ...standing];
  return {
    before,
    after,
    touched: touchedFunctions(before, after),
    changed: changedLines(change.files),
    notAnalysed: [...notAnalysed, ...headersLeft.filter(({ what }) => !standIns.includes(what))],
  };
}

/** Modelled files that the patch leaves alone: races run them together with those that it changes. */
async function unchanged({ before, after, around }: Change): Promise<[string, string][]> {
  const files: [string, string][] = [];
  for (const path of modelledFiles) {
    const text = before.has(path) || after.has(path) ? undefined : await around(path);
    if (text !== undefined) files.push([path, text]);
  }
  return files;
}

function modelledOf(files: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...files].filter(([path]) => modelledFiles.includes(path)));
}
