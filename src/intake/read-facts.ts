import { createHash } from 'node:crypto';
import type { Patch } from '../change/patch.js';
import { readPatch } from '../change/read-patch.js';
import { modelledFiles, standIns } from '../code/modelled.js';
import type { Message } from '../mail/message.js';
import { readDate } from '../mail/read-date.js';
import { readHeaders, readIds } from '../mail/read-headers.js';
import { readSubject, type SubjectParts } from '../series/read-subject.js';
import type { Facts, MailKind } from '../store/facts.js';
import { kernelFiles } from './kernel-files.js';

const modelled = new Set([...modelledFiles, ...standIns]);

/** A line that some diff begins with, or what may hide one: an encoding that is not plain text. */
const traceOfDiff =
  /^(?:diff -|Index: |--- \S|@@ -\d)|^content-transfer-encoding:\s*base64|^content-type:\s*text\/html|^subject:.*=\?/im;

/** Whether a mail has to be read with all its parts: reading is slow and most of a list is talk. */
function mayHoldPatch(raw: Buffer): boolean {
  return traceOfDiff.test(raw.toString('latin1'));
}

/** The names that lists give themselves, lower case. */
function listsOf(headers: ReadonlyMap<string, string[]>): string[] {
  const values = headers.get('list-id') ?? [];
  return [...new Set(values.flatMap((value) => /<([^<>\s]{1,200})>/.exec(value)?.[1]?.toLowerCase() ?? []))];
}

function parentOf(headers: ReadonlyMap<string, string[]>): string | null {
  return readIds(headers.get('in-reply-to'))[0] ?? readIds(headers.get('references')).at(-1) ?? null;
}

function kindOf(parts: SubjectParts, patch: Patch | undefined): MailKind {
  if (parts.reply) return 'reply';
  const words = parts.words.map((word) => word.toLowerCase());
  if (words.includes('pull')) return 'pull';
  const broken = patch?.problems.some((problem) => problem.fatal && problem.kind !== 'no-patch');
  if (patch !== undefined && (patch.files.length > 0 || broken)) return 'patch';
  return parts.patch ? 'cover' : 'other';
}

/** The mails of one posting share their thread's first mail, the version and the number of patches. */
function seriesOf(
  kind: MailKind,
  parts: SubjectParts,
  headers: ReadonlyMap<string, string[]>,
): string | null {
  const id = readIds(headers.get('message-id')).at(-1);
  if ((kind !== 'patch' && kind !== 'cover') || id === undefined) return null;
  if (parts.total === undefined || parts.total < 2) return kind === 'patch' ? id : null;
  const first = readIds(headers.get('references'))[0] ?? parentOf(headers) ?? id;
  return `${first} v${parts.version} of ${parts.total}`;
}

/** What a patch does, whatever a list or an archive did to its blanks. */
function essenceOf(patch: Patch): string {
  const hash = createHash('sha256');
  for (const file of patch.files) {
    hash.update(`${file.newPath}\0`);
    for (const { kind, text } of file.hunks.flatMap((hunk) => hunk.lines))
      if (kind !== 'context') hash.update(`${kind}${text.replace(/\s+/g, '')}\0`);
  }
  return hash.digest('base64url').slice(0, 27);
}

function patchFacts(patch: Patch): Pick<Facts, 'malformed' | 'notKernel' | 'touched' | 'essence'> {
  const fatal = patch.problems.find((problem) => problem.fatal);
  const paths = patch.files.flatMap((file) => [file.oldPath, file.newPath]);
  return {
    malformed: fatal === undefined ? null : fatal.reason,
    notKernel: kernelFiles(paths),
    touched: [...new Set(paths)].filter((path) => modelled.has(path)),
    essence: patch.files.length === 0 ? null : essenceOf(patch),
  };
}

async function parsed(raw: Buffer): Promise<Message | undefined> {
  const { parseMail } = await import('../mail/parse-mail.js');
  return parseMail(raw).catch(() => undefined);
}

/** Reads what the store keeps of a mail. Bad mail gives few facts, never an error. */
export async function readFacts(raw: Buffer): Promise<Facts> {
  const message = mayHoldPatch(raw) ? await parsed(raw) : undefined;
  const headers = message?.headers ?? readHeaders(raw);
  const subject = message?.subject ?? headers.get('subject')?.[0] ?? '';
  const parts = readSubject(subject);
  const patch = message === undefined || parts.reply ? undefined : readPatch(message);
  const kind = kindOf(parts, patch);
  return {
    ids: readIds(headers.get('message-id')),
    parent: parentOf(headers),
    lists: listsOf(headers),
    subject,
    from: message?.from ?? headers.get('from')?.[0] ?? '',
    date: readDate(headers.get('date')?.[0]) ?? null,
    kind,
    series: seriesOf(kind, parts, headers),
    ...(kind === 'patch' && patch !== undefined
      ? patchFacts(patch)
      : { malformed: null, notKernel: null, touched: [], essence: null }),
  };
}
