import type { Edit } from './race.js';

/** What breaks an entry's baseline, and the rest of its file; all parts keep the file's line numbers. */
interface Parts {
  text: string;
  /** Whole functions, of `#ifdef BROKEN`. */
  broken: string;
  /** Hunks against functions of the baseline, of the comment `@broken`. */
  edits: Edit[];
}

/** Cuts a file of rules/race into its scenario and its BROKEN side. Throws an Error that says what is wrong. */
export function parseBroken(file: string, source: string): Parts {
  const lines = source.split('\n');
  const functions = functionLines(lines);
  const hunks = hunkLines(file, lines);
  if (functions.length + hunks.length === 0)
    throw new Error(`${file}: neither @broken nor #ifdef BROKEN: an entry is its own test`);
  const taken = new Set([...functions, ...hunks]);
  if (lines.some((line, at) => !taken.has(at) && /@broken|\bBROKEN\b/.test(line)))
    throw new Error(`${file}: one @broken and one #ifdef BROKEN at most`);
  const own = new Set(functions.slice(1, -1));
  return {
    text: lines.map((line, at) => (taken.has(at) ? '' : line)).join('\n'),
    broken: lines.map((line, at) => (own.has(at) ? line : '')).join('\n'),
    edits: parseEdits(
      file,
      hunks.slice(1, -1).map((at) => lines[at] as string),
    ),
  };
}

/** The lines from `#ifdef BROKEN` to its `#endif`. */
function functionLines(lines: string[]): number[] {
  const from = lines.findIndex((line) => /^#\s*ifdef\s+BROKEN\b/.test(line));
  if (from < 0) return [];
  let depth = 0;
  let to = from;
  for (; to < lines.length; to++) {
    if (/^#\s*if/.test(lines[to] as string)) depth++;
    if (/^#\s*endif/.test(lines[to] as string) && --depth === 0) break;
  }
  return range(from, to);
}

/** The lines of the comment `@broken`. */
function hunkLines(file: string, lines: string[]): number[] {
  const from = lines.findIndex((line) => /^\/\*\s*@broken\s*$/.test(line));
  if (from < 0) return [];
  const to = lines.findIndex((line, at) => at > from && /^ ?\*\/\s*$/.test(line));
  if (to < 0) throw new Error(`${file}: @broken has no end`);
  return range(from, to);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

/** `@@ function @@`, then lines that begin with a blank, `-` or `+`, as in a diff. */
function parseEdits(file: string, lines: string[]): Edit[] {
  const edits: Edit[] = [];
  for (const line of lines) {
    const header = /^@@ (\w+) @@$/.exec(line);
    const edit = edits.at(-1);
    if (header !== null) edits.push({ fn: header[1] as string, before: [], after: [] });
    else if (edit === undefined || !/^[ +-]|^$/.test(line))
      throw new Error(`${file}: not a line of a hunk: ${JSON.stringify(line)}`);
    else {
      if (line[0] !== '+') edit.before.push(line.slice(1));
      if (line[0] !== '-') edit.after.push(line.slice(1));
    }
  }
  return edits;
}
