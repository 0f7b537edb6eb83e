/** What stands between two offsets of the baseline before the patch, and after it; undefined: as it is. */
export interface Edit {
  start: number;
  end: number;
  before: string | undefined;
  after: string | undefined;
}

/** The text with one side of all edits; undefined when two of them want the same place. */
export function edited(text: string, edits: readonly Edit[], side: 'before' | 'after'): string | undefined {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let from = 0;
  for (const edit of ordered) {
    if (edit.start < from) return undefined;
    result += text.slice(from, edit.start) + (edit[side] ?? text.slice(edit.start, edit.end));
    from = edit.end;
  }
  return result + text.slice(from);
}
