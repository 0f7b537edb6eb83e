import { createHash } from 'node:crypto';
import { whyNotKernel } from '../change/not-kernel.js';
import type { Patch } from '../change/patch.js';
import { readPatch } from '../change/read-patch.js';
import { modelledFiles, standIns } from '../code/modelled.js';
import type { Message } from '../mail/message.js';
import { readDate } from '../mail/read-date.js';
import { readHeaders, readIds } from '../mail/read-headers.js';
import { otherProject } from '../series/other-project.js';
import { readSubject, type SubjectParts } from '../series/read-subject.js';
import type { Facts, MailKind } from '../store/facts.js';

const modelled = new Set([...modelledFiles, ...standIns]);

/** What the lines of a diff begin with. */
const marks = ['\ndiff -', '\nIndex: ', '\n--- ', '\n@@ -'].map((mark) => Buffer.from(mark));

/** Whether a mail has to be read with all its parts: that takes long, and most of a list is talk. */
function mayHoldPatch(raw: Buffer, headers: ReadonlyMap<string, string[]>, subject: string): boolean {
  const encoded = /=\?/.test(subject);
  const parts = readSubject(subject);
  // Of an answer nothing is kept but its headers, whatever its body is written in.
  if (!encoded && parts.reply) return false;
  const hidden =
    encoded ||
    /base64/i.test(headers.get('content-transfer-encoding')?.join() ?? '') ||
    /multipart|html/i.test(headers.get('content-type')?.join() ?? '');
  return hidden || parts.patch || marks.some((mark) => raw.includes(mark));
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
  if (parts.pull) return 'pull';
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
  const lines = patch.files.flatMap((file) => [
    file.newPath,
    ...file.hunks.flatMap((hunk) =>
      hunk.lines.filter(({ kind }) => kind !== 'context').map(({ kind, text }) => kind + text),
    ),
  ]);
  const hash = createHash('sha256').update(lines.join('\0').replace(/\s+/g, ''));
  return hash.digest('base64url').slice(0, 27);
}

function patchFacts(
  patch: Patch,
  parts: SubjectParts,
  lists: string[],
): Pick<Facts, 'malformed' | 'notKernel' | 'touched' | 'essence'> {
  const fatal = patch.problems.find((problem) => problem.fatal);
  const notKernel = whyNotKernel({ project: otherProject({ parts }, lists) }, [patch]) ?? null;
  const paths = patch.files.flatMap((file) => [file.oldPath, file.newPath]);
  return {
    malformed: fatal === undefined ? null : fatal.reason,
    notKernel,
    touched: notKernel === null ? [...new Set(paths)].filter((path) => modelled.has(path)) : [],
    essence: patch.files.length === 0 ? null : essenceOf(patch),
  };
}

async function parsed(raw: Buffer, headers: Map<string, string[]>): Promise<Message | undefined> {
  const { parseMail } = await import('../mail/parse-mail.js');
  return parseMail(raw, headers).catch(() => undefined);
}

/** Reads what the store keeps of a mail. Bad mail gives few facts, never an error. */
export async function readFacts(raw: Buffer): Promise<Facts> {
  const headers = readHeaders(raw);
  const written = headers.get('subject')?.[0] ?? '';
  const message = mayHoldPatch(raw, headers, written) ? await parsed(raw, headers) : undefined;
  const subject = message?.subject ?? written;
  const parts = readSubject(subject);
  const patch = message === undefined || parts.reply ? undefined : readPatch(message);
  const kind = kindOf(parts, patch);
  const lists = listsOf(headers);
  return {
    ids: readIds(headers.get('message-id')),
    parent: parentOf(headers),
    lists,
    subject,
    from: message?.from ?? headers.get('from')?.[0] ?? '',
    date: readDate(headers.get('date')?.[0]) ?? null,
    kind,
    series: seriesOf(kind, parts, headers),
    ...(kind === 'patch' && patch !== undefined
      ? patchFacts(patch, parts, lists)
      : { malformed: null, notKernel: null, touched: [], essence: null }),
  };
}
