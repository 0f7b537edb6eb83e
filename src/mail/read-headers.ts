/** Bytes of a header block that are read; the rest of a larger one is ignored. */
const mostBytes = 256 * 1024;

const empty = /\r?\n\r?\n/;

function beginning(raw: Buffer): string {
  return raw.toString('latin1', 0, Math.min(raw.length, mostBytes));
}

/** The bytes up to the first empty line. */
function headerBlock(raw: Buffer): string {
  const text = beginning(raw);
  const end = text.search(empty);
  return end < 0 ? text : text.slice(0, end);
}

/** The headers that are read, as a mail of their own: libraries throw at more than they like. */
export function headerBytes(raw: Buffer): Buffer {
  return Buffer.concat([raw.subarray(0, headerBlock(raw).length), Buffer.from('\n\n')]);
}

/** Why the headers of a mail are not all known, as one sentence; undefined when they are. */
export function whyCut(raw: Buffer): string | undefined {
  if (raw.length <= mostBytes || empty.test(beginning(raw))) return undefined;
  return `its headers have more than ${mostBytes} bytes, so that some were not read`;
}

/**
 * Every header of a mail by lower-case name, unfolded and not decoded. Mail libraries keep the last of
 * several and repair what they cannot read; a review bot must see what was written.
 */
export function readHeaders(raw: Buffer): Map<string, string[]> {
  const headers = new Map<string, string[]>();
  let last: string[] | undefined;
  for (const line of headerBlock(raw).split(/\r?\n/)) {
    if (/^[ \t]/.test(line)) {
      if (last) last.push(`${last.pop()} ${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0 || /[^!-~]/.test(line.slice(0, colon))) continue;
    const name = line.slice(0, colon).toLowerCase();
    last = headers.get(name) ?? [];
    last.push(line.slice(colon + 1).trim());
    headers.set(name, last);
  }
  return headers;
}

/** Comments may nest and may hold anything, an address in angle brackets too. */
function withoutComments(value: string): string {
  let depth = 0;
  let kept = '';
  for (const character of value) {
    if (character === '(') depth++;
    if (depth === 0) kept += character;
    if (character === ')' && depth > 0) depth--;
  }
  // An opening bracket that nobody closes is no comment.
  return depth > 0 ? value : kept;
}

/** The Message-IDs in header values, in order, without angle brackets, each once. */
export function readIds(values: string[] | undefined): string[] {
  const ids = (values ?? []).flatMap((value) =>
    [...withoutComments(value.slice(0, 64 * 1024)).matchAll(/<([^<>\s]{1,998})>/g)].map((match) => match[1]!),
  );
  return [...new Set(ids)];
}
