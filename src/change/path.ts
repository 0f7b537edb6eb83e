import { limit } from './limit.js';

const escapes: Record<string, number> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
};

/** One escape of git's C quoting, as a byte and the number of characters it took. */
function readEscape(text: string, from: number): [byte: number, length: number] | undefined {
  const octal = /^[0-3][0-7]{2}/.exec(text.slice(from, from + 3));
  if (octal) return [Number.parseInt(octal[0], 8), 3];
  const byte = escapes[text[from] ?? ''];
  return byte === undefined ? undefined : [byte, 1];
}

/**
 * Decodes a C-quoted name at the start of `text` (`"a/f\303\274.c"`), the way git writes names with unusual
 * bytes. Answers the name and the number of characters read; undefined when the quoting is broken.
 */
export function readQuoted(text: string): { name: string; length: number } | undefined {
  const bytes: Buffer[] = [];
  for (let i = 1; i < text.length; i++) {
    if (text[i] === '"') return { name: Buffer.concat(bytes).toString('utf8'), length: i + 1 };
    if (text[i] !== '\\') {
      const point = String.fromCodePoint(text.codePointAt(i)!);
      bytes.push(Buffer.from(point));
      i += point.length - 1;
      continue;
    }
    const escaped = readEscape(text, i + 1);
    if (!escaped) return undefined;
    bytes.push(Buffer.from([escaped[0]]));
    i += escaped[1];
  }
  return undefined;
}

/** The name in a `---`, `+++`, `rename from` line: quoted, or up to the tab that precedes a time stamp. */
export function readName(text: string): string | undefined {
  if (text.startsWith('"')) return readQuoted(text)?.name;
  const tab = text.indexOf('\t');
  return tab < 0 ? text : text.slice(0, tab);
}

/** A path without its first component (`a/fs/dax.c`); undefined when it has only one. */
export function withoutFirst(path: string): string | undefined {
  const slash = path.indexOf('/');
  return slash < 0 ? undefined : path.slice(slash + 1);
}

/** Why a path must not be used; undefined for one that stays inside its tree on every file system. */
export function whyUnsafe(path: string): string | undefined {
  if (path === '') return 'the path is empty';
  if (Buffer.byteLength(path) > limit.pathBytes) return `the path is longer than ${limit.pathBytes} bytes`;
  if (/[\x00-\x1f\x7f]/.test(path)) return 'the path holds control characters';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'the path is absolute';
  const parts = path.split(/[/\\]/);
  if (parts.includes('..')) return 'the path leaves the tree (..)';
  if (parts.some((part) => part === '' || part === '.')) return 'the path has an empty component';
  if (parts.some((part) => part.toLowerCase() === '.git')) return 'the path reaches into .git';
  return undefined;
}
