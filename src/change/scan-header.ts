import { limit } from './limit.js';
import { readName, readQuoted, withoutFirst } from './path.js';

/** The lines between `diff --git` and the first `@@`, as written: nothing is checked or stripped yet. */
export interface FileHeader {
  /** Both names of the `diff --git` line, with prefixes. */
  git: [string, string] | undefined;
  /** Names of `---` and `+++`, with prefixes. */
  minus: string | undefined;
  plus: string | undefined;
  /** Names of `rename from` and the like: without prefixes. */
  from: string | undefined;
  to: string | undefined;
  copy: boolean;
  similarity: number | undefined;
  oldBlob: string | undefined;
  newBlob: string | undefined;
  oldMode: string | undefined;
  newMode: string | undefined;
  added: boolean;
  deleted: boolean;
  binary: boolean;
}

/** The names of a `diff --git` line whose unquoted halves differ only in their first component. */
function halves(text: string): [string, string] | undefined {
  if (text.startsWith('"')) {
    const first = readQuoted(text);
    const second = first && readName(text.slice(first.length + 1));
    return first && second !== undefined ? [first.name, second] : undefined;
  }
  const quoted = text.indexOf(' "');
  if (quoted > 0 && text.endsWith('"')) {
    const second = readName(text.slice(quoted + 1));
    return second === undefined ? undefined : [text.slice(0, quoted), second];
  }
  const middle = (text.length - 1) / 2;
  const [old, name] = [text.slice(0, middle), text.slice(middle + 1)];
  if (text[middle] === ' ' && (old === name || withoutFirst(old) === withoutFirst(name))) return [old, name];
  const parts = text.split(' ');
  return parts.length === 2 ? [parts[0]!, parts[1]!] : undefined;
}

/** What git writes between `diff --git` and `---`, and what each line tells. */
const readers: Record<string, (header: FileHeader, value: string) => void> = {
  'old mode ': (header, value) => {
    header.oldMode = mode(value);
  },
  'new mode ': (header, value) => {
    header.newMode = mode(value);
  },
  'new file mode ': (header, value) => {
    header.newMode = mode(value);
    header.added = true;
  },
  'deleted file mode ': (header, value) => {
    header.oldMode = mode(value);
    header.deleted = true;
  },
  'rename from ': (header, value) => {
    header.from = readName(value);
  },
  'rename to ': (header, value) => {
    header.to = readName(value);
  },
  'copy from ': (header, value) => {
    header.from = readName(value);
    header.copy = true;
  },
  'copy to ': (header, value) => {
    header.to = readName(value);
  },
  'similarity index ': (header, value) => {
    header.similarity = Number.parseInt(value, 10);
  },
  'dissimilarity index ': () => {},
  'index ': readIndex,
};

function mode(value: string): string | undefined {
  return /^[0-7]{5,6}$/.test(value.trim()) ? value.trim() : undefined;
}

function readIndex(header: FileHeader, value: string): void {
  const match = /^([0-9a-fA-F]{4,64})\.\.([0-9a-fA-F]{4,64})(?: ([0-7]{5,6}))?\s*$/.exec(value);
  if (!match) return;
  header.oldBlob = match[1]!.toLowerCase();
  header.newBlob = match[2]!.toLowerCase();
  if (match[3]) header.oldMode = header.newMode = match[3];
}

function emptyHeader(): FileHeader {
  return {
    git: undefined,
    minus: undefined,
    plus: undefined,
    from: undefined,
    to: undefined,
    copy: false,
    similarity: undefined,
    oldBlob: undefined,
    newBlob: undefined,
    oldMode: undefined,
    newMode: undefined,
    added: false,
    deleted: false,
    binary: false,
  };
}

/** The index behind git's extended header lines. */
function readExtended(lines: string[], from: number, header: FileHeader): number {
  let next = from;
  for (; next < lines.length && lines[next]!.length <= limit.headerLine; next++) {
    const line = lines[next]!;
    const prefix = Object.keys(readers).find((known) => line.startsWith(known));
    if (!prefix) break;
    readers[prefix]!(header, line.slice(prefix.length));
  }
  return next;
}

/** Whether a line stands for a binary file's content. */
function isBinary(line: string | undefined): boolean {
  return line === 'GIT binary patch' || /^Binary files .* differ$/.test(line ?? '');
}

/**
 * Reads a file's header lines from the 0-based index `at`; `end` is the index behind them. `tooLong` is the
 * index of a line that nobody should run a regular expression over; then the header is incomplete.
 */
export function scanHeader(
  lines: string[],
  at: number,
): { header: FileHeader; end: number; tooLong: number | undefined } {
  const header = emptyHeader();
  const isLong = (index: number): boolean => (lines[index]?.length ?? 0) > limit.headerLine;
  let end = at;
  if (isLong(end)) return { header, end: end + 1, tooLong: end };
  if (lines[end]!.startsWith('diff --git ')) {
    header.git = halves(lines[end]!.slice('diff --git '.length));
    end = readExtended(lines, end + 1, header);
  }
  const long = [end, end + 1].find(isLong);
  if (long !== undefined) return { header, end: long + 1, tooLong: long };
  if (lines[end]?.startsWith('--- ') && lines[end + 1]?.startsWith('+++ ')) {
    header.minus = readName(lines[end]!.slice(4));
    header.plus = readName(lines[end + 1]!.slice(4));
    return { header, end: end + 2, tooLong: undefined };
  }
  header.binary = isBinary(lines[end]);
  return { header, end: header.binary ? end + 1 : end, tooLong: undefined };
}
