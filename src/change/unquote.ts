/** What is left of a quoted text: the lines that bear the quote marks of its diff, without those marks. */
export interface Unquoted {
  text: string;
  /** How many marks stood before each line. */
  depth: number;
}

const opening = /^(?:diff --git |diff -|Index: )/;

/** A line's quote marks, with or without the blank that most mailers write behind each. */
function marksOf(line: string): { depth: number; rest: string } {
  let at = 0;
  let depth = 0;
  for (; ; depth++) {
    const mark = /^ ?>/.exec(line.slice(at, at + 2));
    if (!mark || (depth === 0 && mark[0] !== '>')) return { depth, rest: line.slice(at) };
    at += mark[0].length;
  }
}

/** How often the first lines of the diff are quoted; 0 when nothing that is quoted begins one. */
function depthOf(lines: string[]): number {
  for (const [at, line] of lines.entries()) {
    if (!line.startsWith('>')) continue;
    const { depth, rest } = marksOf(line.slice(0, 200));
    const bare = rest.trimStart();
    if (opening.test(bare)) return depth;
    const next = bare.startsWith('--- ') ? marksOf((lines[at + 1] ?? '').slice(0, 200)) : undefined;
    if (next?.depth === depth && next.rest.trimStart().startsWith('+++ ')) return depth;
  }
  return 0;
}

/** Strips exactly `depth` marks; undefined for a line that has fewer. A `>` of the quoted text itself stays. */
function strip(line: string, depth: number): string | undefined {
  let rest = line;
  for (let level = 0; level < depth; level++) {
    const mark = level === 0 ? /^>/ : /^ ?>/;
    if (!mark.test(rest)) return undefined;
    rest = rest.replace(mark, '');
  }
  return rest;
}

/**
 * The diff that a reply quotes, without the words of those who answered between its lines; undefined when no
 * diff is quoted. Whether the reply left all of it standing is for the counts of its hunks to say.
 */
export function unquote(text: string): Unquoted | undefined {
  if (!/^>/m.test(text)) return undefined;
  const lines = text.split('\n');
  const depth = depthOf(lines);
  if (depth === 0) return undefined;
  const kept = lines.map((line) => strip(line, depth)).filter((line) => line !== undefined);
  // One mailer quotes with a blank behind the mark, another without; a single line without it tells.
  const spaced = kept.every((line) => line === '' || line.startsWith(' '));
  const bare = spaced ? kept.map((line) => line.slice(1)) : kept;
  return { text: `${bare.join('\n')}\n`, depth };
}
