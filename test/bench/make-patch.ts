/** One line of a file, or what stands in its place. */
interface Edit {
  line: number;
  by: string | undefined;
}

export interface Shape {
  name: string;
  /** The patch as `git diff` would print it; undefined when the file has nothing of the kind. */
  diff: string | undefined;
}

/**
 * Patches of one hunk for a real fs/dax.c, made of identifiers only: one that changes nothing but a name, one in a
 * branch that few races come to, and one that trusts what was seen of an entry before the lock fell.
 */
export function patchesFor(text: string): Shape[] {
  const lines = text.split('\n');
  return [
    { name: 'rename a local', diff: diffOf(lines, renameLocal(lines)) },
    { name: 'a rare branch', diff: diffOf(lines, rareBranch(lines)) },
    { name: 'no second lookup', diff: diffOf(lines, secondLookup(lines)) },
  ];
}

/** First and last line (0-based) of a function whose name stands in the first column's line. */
function bodyOf(lines: string[], name: string): [number, number] | undefined {
  const start = lines.findIndex(
    (line) => new RegExp(`^[a-z].*\\b${name}\\(`).test(line) && !line.endsWith(';'),
  );
  const end = start < 0 ? -1 : lines.indexOf('}', start);
  return end < 0 ? undefined : [start, end];
}

function linesWith(lines: string[], [from, to]: [number, number], word: string): number[] {
  const pattern = new RegExp(`\\b${word}\\b`);
  return lines.flatMap((line, at) => (at >= from && at <= to && pattern.test(line) ? [at] : []));
}

function renameLocal(lines: string[]): Edit[] {
  for (const [name, local] of [
    ['dax_layout_busy_page_range', 'scanned'],
    ['dax_layout_busy_page', 'scanned'],
    ['dax_layout_busy_page', 'end'],
    ['dax_delete_mapping_entry', 'ret'],
  ] as const) {
    const body = bodyOf(lines, name);
    const places = body === undefined ? [] : linesWith(lines, body, local);
    const renamed = (line: string) => line.replace(new RegExp(`\\b${local}\\b`, 'g'), `${local}_so_far`);
    if (places.length > 0) return places.map((line) => ({ line, by: renamed(lines[line] as string) }));
  }
  return [];
}

/** Stands where lines were taken out, so that who needs many such patches can make each another text. */
const said = '\t\t/* trusted_so_far */';

/** XArray: where an entry is downgraded, the walk goes on as if nobody else had held the lock. */
function rareBranch(lines: string[]): Edit[] {
  const grab = bodyOf(lines, 'grab_mapping_entry');
  return (grab ? linesWith(lines, grab, 'xas_reset') : []).map((line) => ({ line, by: said }));
}

/** Radix tree: the block that looks again before it inserts. XArray: the reset of the walk before the sleep. */
function secondLookup(lines: string[]): Edit[] {
  const waiter = bodyOf(lines, 'get_unlocked_entry');
  const reset = waiter && linesWith(lines, waiter, 'xas_reset')[0];
  if (reset !== undefined) return [{ line: reset, by: said }];
  const grab = bodyOf(lines, 'grab_mapping_entry');
  const look = grab && linesWith(lines, grab, '__radix_tree_lookup')[0];
  if (look === undefined) return [];
  let open = look;
  while (!/^\t+if \(!entry\) \{$/.test(lines[open] as string) && open > (grab as number[])[0]!) open--;
  const indent = /^\t+/.exec(lines[open] as string)?.[0] ?? '';
  const close = lines.indexOf(`${indent}}`, look);
  return Array.from({ length: close - open + 1 }, (_, n) => ({
    line: open + n,
    by: n === 0 ? said : undefined,
  }));
}

/** One hunk around all edits, with three lines of context. */
function diffOf(lines: string[], edits: Edit[]): string | undefined {
  if (edits.length === 0) return undefined;
  const from = Math.max(0, (edits[0] as Edit).line - 3);
  const to = Math.min(lines.length, (edits.at(-1) as Edit).line + 4);
  const byLine = new Map(edits.map(({ line, by }) => [line, by]));
  const body: string[] = [];
  let after = 0;
  for (let at = from; at < to; at++) {
    const by = byLine.get(at);
    body.push(`${byLine.has(at) ? '-' : ' '}${lines[at]}`);
    if (by !== undefined) body.push(`+${by}`);
    if (by !== undefined || !byLine.has(at)) after++;
  }
  const path = 'fs/dax.c';
  const head = [`diff --git a/${path} b/${path}`, `--- a/${path}`, `+++ b/${path}`];
  return [...head, `@@ -${from + 1},${to - from} +${from + 1},${after} @@`, ...body, ''].join('\n');
}
