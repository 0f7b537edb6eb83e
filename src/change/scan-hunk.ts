import { limit } from './limit.js';
import type { Hunk, HunkLine, ProblemKind } from './patch.js';

/** Where a hunk stopped being one. `line` is a 0-based index. */
export interface HunkFault {
  kind: ProblemKind;
  line: number;
  reason: string;
}

const hunkHeader = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@(?: (.*))?$/s;

/** A line that can only stand outside a hunk. */
const foreign = /^(diff -|@@ -|Index: |From [0-9a-f]{40} |GIT binary patch)/;

function count(text: string | undefined): number {
  return text === undefined ? 1 : Number(text);
}

/** Reads an `@@` line; its length was checked. `at` is its 0-based index. */
function readHeader(line: string, at: number, number: number): Hunk | HunkFault {
  if (line.length > limit.headerLine)
    return { kind: 'too-large', line: at, reason: `its @@ line has ${line.length} characters` };
  const match = hunkHeader.exec(line);
  if (!match) return { kind: 'malformed', line: at, reason: 'its @@ line cannot be read' };
  return {
    number,
    oldStart: Number(match[1]),
    oldLines: count(match[2]),
    newStart: Number(match[3]),
    newLines: count(match[4]),
    section: match[5] ?? '',
    lines: [],
    at,
  };
}

const kinds: Record<string, HunkLine['kind']> = { ' ': 'context', '-': 'delete', '+': 'add' };

/** Takes lines until the counts of the `@@` line are used up. The counts, not the looks, end a hunk. */
class HunkReader {
  private old = 0;
  private new = 0;

  constructor(
    private readonly lines: string[],
    private readonly hunk: Hunk,
    private next: number,
  ) {}

  read(): HunkFault | undefined {
    while (this.old < this.hunk.oldLines || this.new < this.hunk.newLines) {
      const line = this.lines[this.next];
      if (line === undefined) return this.endsEarly('truncated');
      if (line.length > limit.hunkLine)
        return this.fault('too-large', `line ${this.next + 1} has ${line.length} characters`);
      const fault = line.startsWith('\\') ? this.markNoNewline(line) : this.take(line);
      if (fault) return fault;
      this.next++;
    }
    if (this.lines[this.next]?.startsWith('\\ ')) this.markNoNewline(this.lines[this.next++]!);
    return this.checkEnd();
  }

  /** The 0-based index of the line behind the hunk. */
  get end(): number {
    return this.next;
  }

  private take(line: string): HunkFault | undefined {
    // Mailers and editors strip the only blank of an empty context line; git reads it all the same.
    const kind = line === '' ? 'context' : kinds[line[0]!];
    if (kind === undefined) return this.foreignLine(line);
    const isOld = kind !== 'add';
    const isNew = kind !== 'delete';
    if ((isOld && this.old >= this.hunk.oldLines) || (isNew && this.new >= this.hunk.newLines))
      return this.endsEarly('malformed');
    this.hunk.lines.push({
      kind,
      text: line.slice(1),
      oldLine: isOld ? this.hunk.oldStart + this.old++ : undefined,
      newLine: isNew ? this.hunk.newStart + this.new++ : undefined,
      at: this.next,
      noNewline: false,
    });
    return undefined;
  }

  /** `\ No newline at end of file`, in whatever language diff was set to. */
  private markNoNewline(line: string): HunkFault | undefined {
    const last = this.hunk.lines.at(-1);
    if (!line.startsWith('\\ ') || !last || last.noNewline)
      return this.fault('malformed', `line ${this.next + 1} begins with a backslash`);
    last.noNewline = true;
    return undefined;
  }

  private foreignLine(line: string): HunkFault {
    if (foreign.test(line.slice(0, 64))) return this.endsEarly('malformed');
    const last = this.hunk.lines.at(-1);
    if (last?.kind === 'delete' && last.text === '- ') return this.endsEarly('truncated');
    const why = line.startsWith('\t')
      ? 'lost its first column'
      : 'is no diff line; a mailer wrapped or re-indented it';
    return this.fault('whitespace-damaged', `line ${this.next + 1} ${why}`);
  }

  private checkEnd(): HunkFault | undefined {
    const line = this.lines[this.next];
    if (line === undefined || !/^[ +\-\t]/.test(line)) return undefined;
    // A mail's signature, a separator, or the old name of the next file.
    if (/^(--|-- |---)$/.test(line)) return undefined;
    if (line.startsWith('--- ') && this.lines[this.next + 1]?.startsWith('+++ ')) return undefined;
    const { oldLines, newLines } = this.hunk;
    return this.fault(
      'malformed',
      `it goes on behind the ${oldLines} old and ${newLines} new lines of its @@ line`,
    );
  }

  private endsEarly(kind: 'truncated' | 'malformed'): HunkFault {
    const says = `its @@ line says ${this.hunk.oldLines} old and ${this.hunk.newLines} new lines`;
    const verb = kind === 'truncated' ? 'the text ends' : 'the hunk ends';
    return this.fault(kind, `${says}, but ${verb} after ${this.old} and ${this.new}`);
  }

  private fault(kind: ProblemKind, reason: string): HunkFault {
    return { kind, line: this.next, reason };
  }
}

/**
 * Reads the hunk whose `@@` line has the 0-based index `at`. `end` is the index behind it; with a fault the
 * hunk is incomplete. Indices of the hunk and of its lines are 0-based here; scan turns them.
 */
export function scanHunk(
  lines: string[],
  at: number,
  number: number,
): { hunk: Hunk | undefined; end: number; fault: HunkFault | undefined } {
  const hunk = readHeader(lines[at]!, at, number);
  if ('kind' in hunk) return { hunk: undefined, end: at + 1, fault: hunk };
  const reader = new HunkReader(lines, hunk, at + 1);
  const fault = reader.read();
  return { hunk, end: reader.end, fault };
}
