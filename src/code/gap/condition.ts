/** What an `if` asks that begins at a line: it may go on in the lines below, as far as the branch. */
export function conditionAt(lines: readonly string[], line: number): string {
  return (
    lines
      .slice(line - 1, line + 3)
      .join(' ')
      .split(/\)\s*(?:\{|return|goto|break|continue)/)[0] ?? ''
  );
}
