/** A line of code without its comments and blanks, and its number in the file. */
interface Line {
  number: number;
  text: string;
}

/** Lines of a file that follow each other in another one. */
export interface Run {
  from: number;
  to: number;
  lines: number;
}

/** Two files of C that do the same meet in short lines; a run as long as this was copied. */
const window = 6;

/**
 * The lines of C that say something: no comment, no `#include`, no brace alone. `lines` keep their numbers.
 * A diff is read by its lines, whatever they begin with.
 */
function linesOf(text: string, diff: boolean): Line[] {
  const code = diff ? text.replace(/^(?:[ +-]|.*$)/gm, '') : text;
  return code
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
    .split('\n')
    .map((line, at) => ({ number: at + 1, text: line.replace(/\s+/g, '') }))
    .filter((line) => line.text.length > 4 && !line.text.startsWith('#'));
}

/** What stands together in some real files: every `window` lines of them that follow each other. */
export class Passages {
  private readonly known = new Set<string>();

  add(text: string): void {
    const lines = linesOf(text, false);
    for (let at = 0; at + window <= lines.length; at++) this.known.add(passage(lines, at));
  }

  /** The runs of `window` lines and more that a file shares with the real ones. */
  shared(text: string, diff = false): Run[] {
    const lines = linesOf(text, diff);
    const runs: Run[] = [];
    let until = -1;
    for (let at = 0; at + window <= lines.length; at++) {
      if (!this.known.has(passage(lines, at))) continue;
      const last = (lines[at + window - 1] as Line).number;
      const run = runs.at(-1);
      if (run !== undefined && at <= until) {
        run.to = last;
        run.lines += at + window - 1 - until;
      } else runs.push({ from: (lines[at] as Line).number, to: last, lines: window });
      until = at + window - 1;
    }
    return runs;
  }
}

function passage(lines: readonly Line[], at: number): string {
  return lines
    .slice(at, at + window)
    .map((line) => line.text)
    .join('\n');
}
