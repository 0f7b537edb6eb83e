/** Lines that end a diff by themselves: a signature's dashes, the rule above a list's footer. */
const trailer = /^(?:-{1,3}|-- |_{5,}|={5,})$/;

/** The lines of a hunk with their first column given back, or why that cannot be done for certain. */
export type Settled =
  | {
      lines: string[];
      /** How many of the region's lines are the hunk's. */
      rest: number;
      /** Lines of context that are missing at its end, and that its counts must not promise any more. */
      short: number;
    }
  | { reason: string };

/** What the `@@` line of a hunk promises. */
export interface Counts {
  old: number;
  new: number;
}

function leading(lines: string[]): number {
  const at = lines.findIndex((line) => /^[+-]/.test(line));
  return at < 0 ? lines.length : at;
}

/** Whether the hunk begins and ends with as many lines of context, as diff writes them. */
function isEven(lines: string[]): boolean {
  return leading(lines) === leading([...lines].reverse());
}

/**
 * How many lines of context a reply or an archive cut off at the end of the text: with them the hunk would be
 * even and its counts right. A changed line among the missing ones would leave one count shorter than the other.
 */
function cutAtEnd(lines: string[], missing: Counts): number {
  const behind = leading([...lines].reverse());
  const isContext = missing.old === missing.new && missing.old > 0 && behind > 0;
  return isContext && behind + missing.old === leading(lines) ? missing.old : 0;
}

/** Gives context its column back; what begins with a sign, or with `kept` with a blank, has it still. */
function withColumn(line: string, kept: boolean): string {
  if (kept && line === '') return line;
  return /^[+\-\\]/.test(line) || (kept && line.startsWith(' ')) ? line : ` ${line}`;
}

/** Whether a hunk before prose ends here: a blank line of prose must not stand in for a lost one of context. */
function endsThere(lines: string[], behind: string[], counts: Counts): boolean {
  if (trailer.test(behind[0]!) || (behind[0] === '' && counts.old === 0)) return true;
  return behind[0] === '' && isEven(lines) && lines.at(-1) !== '';
}

/**
 * Decides by the counts of the `@@` line which of the `region`'s lines are the hunk's when context has lost
 * its leading blanks. A line that begins with a sign is taken for a changed one: each that was context
 * instead would leave the counts short, so counts that add up say that none was. `last` means that prose may
 * follow; there the symmetry of the context must confirm where the hunk ends. With `kept` only lines that begin
 * with a tab lost the blank before it: nothing else in a diff begins so.
 */
export function settleHunk(region: string[], counts: Counts, last: boolean, kept = false): Settled {
  let [old, added] = [0, 0];
  let at = 0;
  for (; at < region.length && (old < counts.old || added < counts.new); at++) {
    const line = region[at]!;
    if (line.startsWith('\\')) continue;
    if (kept ? /^[^ \t+-]/.test(line) : line.startsWith(' '))
      return { reason: 'some lines of context lost their first column and others did not' };
    if (!line.startsWith('+')) old++;
    if (!line.startsWith('-')) added++;
  }
  const missing = { old: counts.old - old, new: counts.new - added };
  const short = last && at === region.length ? cutAtEnd(region, missing) : 0;
  if (short === 0 && (missing.old !== 0 || missing.new !== 0)) {
    const says = `its @@ line says ${counts.old} old and ${counts.new} new lines`;
    return { reason: `${says}, but ${old} and ${added} are left, and nothing tells which are missing` };
  }
  while (region[at]?.startsWith('\\ ')) at++;
  const lines = region.slice(0, at);
  const behind = region.slice(at);
  if (!last && behind.some((line) => line !== ''))
    return { reason: `it goes on behind the ${counts.old} old and ${counts.new} new lines of its @@ line` };
  if (last && behind.length > 0 && !endsThere(lines, behind, counts))
    return { reason: 'nothing tells where it ends' };
  return { lines: lines.map((line) => withColumn(line, kept)), rest: at, short };
}
