/** What a subject tells about a patch's place in its series. */
export interface SubjectParts {
  /** Without `Re:` and without the brackets. */
  title: string;
  /** `Re:`, `AW:`, `Fwd:` stood before it. */
  reply: boolean;
  /** The bracket says PATCH or RFC. */
  patch: boolean;
  /** The bracket says PULL, or the title GIT PULL. */
  pull: boolean;
  /** 1 when nothing else is said. */
  version: number;
  /** The version was written down. */
  versioned: boolean;
  /** `10.1` of `v10.1`: a few patches of v10 sent again, or a kernel's version; the thread tells. */
  dotted: { major: number; minor: number } | undefined;
  /** `2` of `2/7`; undefined for a patch that stands alone. */
  number: number | undefined;
  total: number | undefined;
  /** The words of the bracket that are none of the above: `net-next`, `RFC`, `RESEND`. */
  words: string[];
}

/** Words for an answer in the mailers of many languages; a forwarded mail counts as one too. */
const answer =
  /^\s*(?:re|aw|wg|sv|vs|antw|antwort|odp|res|rif|ynt|tr|fwd?|\u56de\u590d|\u7b54\u590d|\u8f6c\u53d1|\u8f49\u5bc4)\s?(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:\uff1a]\s*/i;

/** Any other two or three letters before a bracket: nobody begins a patch like that. */
const strange = /^\s*\w{2,3}:\s*(?=\[)/;

/** `PATCH`, alone or grown together with its neighbours: `PATCHv3`, `v2PATCH`, `PATCH1/8`, `PATCH-v4`. */
const grown =
  /^(?:(v\d{1,3})-?)?(patch(?:es|set)?|rfc|resend|pull)(?:[-_]?(v\d{1,3}))?(?:[-_]?(\d{1,4}\/\d{1,4}))?$/i;
const place = /^#?(\d{1,4})\/(\d{1,4}|n)$/i;
const version = /^(?:v|ver|rev|version|take|try)(\d{1,3})$/i;

function readPlace(text: string, parts: SubjectParts): boolean {
  const match = place.exec(text);
  if (!match) return false;
  parts.number = Number(match[1]);
  // `3/n`: nobody knows yet. `6/5`: somebody added a patch to the five.
  parts.total = /^n$/i.test(match[2]!) ? undefined : Number(match[2]);
  return true;
}

function readVersion(text: string, parts: SubjectParts): boolean {
  const match = version.exec(text);
  if (!match) return false;
  parts.version = Math.max(1, Number(match[1]));
  parts.versioned = true;
  return true;
}

/** A word of its own all the same: most of these are kernels. */
function readDotted(word: string, parts: SubjectParts): void {
  const match = /^v(\d{1,3})\.(\d{1,2})$/i.exec(word);
  if (match) parts.dotted = { major: Number(match[1]), minor: Number(match[2]) };
}

function readGrown(word: string, parts: SubjectParts): boolean {
  const match = grown.exec(word);
  if (!match) return false;
  const [, early, name, late, counter] = match;
  for (const said of [early, late]) if (said) readVersion(said, parts);
  if (counter) readPlace(counter, parts);
  if (/^pull$/i.test(name!)) parts.pull = true;
  else if (!/^resend$/i.test(name!)) parts.patch = true;
  if (/^(?:rfc|resend)$/i.test(name!)) parts.words.push(name!);
  return true;
}

function readBracket(text: string, parts: SubjectParts): void {
  // Mercurial counts `1 of 8`; some write `take 2`.
  const joined = text
    .replace(/\b(\d{1,4}) +of +(\d{1,4})\b/i, '$1/$2')
    .replace(/\b(ver|rev|version|take|try) +(\d{1,3})\b/i, '$1$2');
  for (const word of joined.split(/[\s,:;[\]]+/).filter(Boolean))
    if (!readPlace(word, parts) && !readVersion(word, parts) && !readGrown(word, parts)) {
      readDotted(word, parts);
      parts.words.push(word);
    }
}

/** The bracket at the start of a subject, another bracket within it included; undefined when there is none. */
function bracketOf(subject: string): { inside: string; rest: string } | undefined {
  const match = /^\s*\[((?:[^[\]]|\[[^[\]]{0,200}\]){0,200})\]/.exec(subject);
  return match ? { inside: match[1]!, rest: subject.slice(match[0].length) } : undefined;
}

function withoutAnswer(subject: string, parts: SubjectParts): string {
  let rest = subject;
  for (
    let match = answer.exec(rest) ?? strange.exec(rest);
    match;
    match = answer.exec(rest) ?? strange.exec(rest)
  ) {
    rest = rest.slice(match[0].length);
    parts.reply = true;
  }
  return rest;
}

/** Reads `Re: [RFC PATCH net v3 2/7] title`, and what people make of it. */
export function readSubject(subject: string): SubjectParts {
  const parts: SubjectParts = {
    title: '',
    reply: false,
    patch: false,
    pull: false,
    version: 1,
    versioned: false,
    dotted: undefined,
    number: undefined,
    total: undefined,
    words: [],
  };
  let rest = withoutAnswer(subject.slice(0, 2000), parts);
  // Several brackets in a row: a list's name often stands before the patch's own, or before `Re:`.
  for (let found = bracketOf(rest); found; found = bracketOf(rest)) {
    readBracket(found.inside, parts);
    rest = withoutAnswer(found.rest, parts);
  }
  const bare = /^\s*(?:patch|rfc)\s+(\d{1,4}\/\d{1,4})\s*[:-]\s*/i.exec(rest);
  if (bare && readPlace(bare[1]!, parts)) {
    parts.patch = true;
    rest = rest.slice(bare[0].length);
  }
  if (/^\s*git[ -]pull\b|\bpull request\b/i.test(rest) || parts.words.join(' ').match(/\bgit pull\b/i))
    parts.pull = true;
  parts.title = rest.trim();
  return parts;
}
