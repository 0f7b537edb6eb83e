/** What a subject tells about a patch's place in its series. */
export interface SubjectParts {
  /** Without `Re:` and without the bracket. */
  title: string;
  /** `Re:`, `AW:`, `Fwd:` stood before it. */
  reply: boolean;
  /** The bracket says PATCH or RFC. */
  patch: boolean;
  /** 1 when nothing else is said. */
  version: number;
  /** `2` of `2/7`; undefined for a patch that stands alone. */
  number: number | undefined;
  total: number | undefined;
  /** The words of the bracket that are none of the above: `net-next`, `RFC`, `RESEND`. */
  words: string[];
}

const answer = /^\s*(?:re|aw|sv|antw|fwd?)(?:\[\d+\])?\s*:\s*/i;

function readWord(word: string, parts: SubjectParts): void {
  const place = /^(\d{1,4})\/(\d{1,4})$/.exec(word);
  const version = /^(?:patch|rfc)?v(\d{1,3})$/i.exec(word);
  if (place) {
    parts.number = Number(place[1]);
    parts.total = Number(place[2]);
  } else if (version) {
    parts.version = Math.max(1, Number(version[1]));
    if (word.length > version[1]!.length + 1) parts.patch = true;
  } else if (/^patch$/i.test(word)) parts.patch = true;
  else {
    if (/^rfc$/i.test(word)) parts.patch = true;
    parts.words.push(word);
  }
}

/** Reads `Re: [RFC PATCH net v3 2/7] title`, and what people make of it. */
export function readSubject(subject: string): SubjectParts {
  const parts: SubjectParts = {
    title: '',
    reply: false,
    patch: false,
    version: 1,
    number: undefined,
    total: undefined,
    words: [],
  };
  let rest = subject.slice(0, 2000);
  while (answer.test(rest)) {
    rest = rest.replace(answer, '');
    parts.reply = true;
  }
  // Several brackets in a row: a list's name often stands before the patch's own.
  for (
    let match = /^\s*\[([^[\]]{0,200})\]/.exec(rest);
    match;
    match = /^\s*\[([^[\]]{0,200})\]/.exec(rest)
  ) {
    for (const word of match[1]!.split(/[\s,:;]+/).filter(Boolean)) readWord(word, parts);
    rest = rest.slice(match[0].length);
  }
  parts.title = rest.trim();
  return parts;
}
