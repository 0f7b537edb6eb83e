import type { Hunk, HunkLine } from '../../../src/change/patch.js';
import { cut } from '../../../src/code/graft/cut.js';
import type { Outline } from '../../../src/code/graft/outline.js';

/** A hunk made of one era's words, to be laid on another's. */
export interface ForeignHunk {
  /** The function that it was made in. */
  function: string;
  /** The statement that it takes away. */
  statement: string;
  hunk: Hunk;
}

const context = 3;

/** For every statement of every function a hunk that deletes it, with three lines around, as git makes them. */
export function foreignHunks({ text, functions }: Outline): ForeignHunk[] {
  const lines = text.split('\n');
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length - 1;
  return functions.flatMap(({ name, start, pieces }) =>
    pieces
      .filter(({ kind, tokens }) => kind === 'statement' && tokens.length > 3)
      .map((piece) => {
        const [first, last] = [lineOf(piece.start), lineOf(piece.end)];
        const from = Math.max(first - context, lineOf(start) + 1);
        const shown = lines.slice(from, last + 1 + context).map((line, at): HunkLine => {
          const own = from + at >= first && from + at <= last;
          return {
            kind: own ? 'delete' : 'context',
            text: line,
            oldLine: undefined,
            newLine: undefined,
            at: at + 1,
            noNewline: false,
          };
        });
        return { function: name!, statement: cut(piece.text)[0]!.text, hunk: hunkOf(shown) };
      }),
  );
}

function hunkOf(lines: HunkLine[]): Hunk {
  const count = lines.length;
  return { number: 1, oldStart: 1, oldLines: count, newStart: 1, newLines: count, section: '', lines, at: 1 };
}
