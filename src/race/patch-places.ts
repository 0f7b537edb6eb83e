import type { ChangedLine } from '../code/changed-lines.js';
import type { Code } from '../code/code.js';
import type { CodeChange } from '../code/read-change.js';
import type { SourceLine } from './trace.js';

/** What a finding needs to know of the patch: its changed places on each side, and the text of both. */
export interface PatchPlaces {
  before: ChangedLine[];
  after: ChangedLine[];
  sourceBefore: SourceLine;
  sourceAfter: SourceLine;
  onBaseline: boolean;
}

/** Where and in what text findings are told. */
export function placesOf({
  before,
  after,
  changed,
}: Pick<CodeChange, 'before' | 'after' | 'changed'>): PatchPlaces {
  return {
    ...changed,
    sourceBefore: sourceOf(before),
    sourceAfter: sourceOf(after),
    onBaseline: after.baseline,
  };
}

/** Of most races there is nothing to tell: a file is cut into lines when somebody asks for one. */
function sourceOf({ files }: Code): SourceLine {
  const lines = new Map<string, string[] | undefined>();
  return (file, line) => {
    if (!lines.has(file)) lines.set(file, files.get(file)?.split('\n'));
    return lines.get(file)?.[line - 1];
  };
}
