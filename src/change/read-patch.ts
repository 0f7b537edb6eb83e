import { noPatch } from '../finding/problem.js';
import type { Message } from '../mail/message.js';
import { compareParsers } from './compare-parsers.js';
import type { Patch, Problem } from './patch.js';
import { withoutFirst } from './path.js';
import { bare } from './place-hunk.js';
import { repair } from './repair.js';
import { type Scan, scan } from './scan.js';

/** What a flowed body looked like before its sender stuffed a blank before some lines (RFC 3676, 4.4). */
function unstuff(body: string): string {
  const lines = body.split('\n');
  return lines.map((line) => (line.startsWith(' ') ? line.slice(1) : line)).join('\n');
}

/** A flowed body as its reader is meant to see it: a line that ends with a blank goes on in the next. */
function unflow(body: string): string {
  return body.replace(/ \n/g, (end, at: number) => (body.slice(at - 3, at + 2) === '\n-- \n' ? end : ' '));
}

/** Some mailers indent with blanks that do not break, which no compiler takes for blanks. */
function withSoftBlanks(text: string): string {
  return /^[+\- ]?[ \t]*\u00a0/m.test(text) ? text.replaceAll('\u00a0', ' ') : text;
}

/** Where a patch may be, best first. Senders that wrap patches are rarer than those that only say flowed. */
function candidates(message: Message): string[] {
  const { flowed, body } = message;
  const bodies = flowed ? [unstuff(body), body, unflow(unstuff(body))] : [body];
  return [...bodies, ...message.attachments.map((attachment) => attachment.text)];
}

function isSound(result: Scan): boolean {
  return result.files.length > 0 && !result.problems.some((problem) => problem.fatal);
}

interface Found {
  text: string;
  result: Scan;
  repairs: string[];
  /** See `Patch.undecided`. */
  undecided?: string | undefined;
}

/** One reason in place of all that follows from it. */
function withReason(result: Scan, reason: string): Scan {
  const kept = result.problems.filter((problem) => !problem.fatal);
  return { ...result, problems: [...kept, fatal('whitespace-damaged', reason)] };
}

/** The first text with a sound diff; else the first with any trace of one. */
function scanMessage(message: Message): Found {
  const scans: Found[] = [];
  for (const text of candidates(message)) {
    const soft = withSoftBlanks(text);
    const repairs = soft === text ? [] : ['blanks that do not break stood for plain ones'];
    const found = { text: soft, result: scan(soft), repairs };
    if (isSound(found.result)) return found;
    scans.push(found);
  }
  const traced = scans.find(({ result }) => result.files.length > 0 || result.problems.length > 0);
  return repaired(scans) ?? traced ?? scans[0]!;
}

/** Damage of transport; what is hostile or cannot be applied at all is not repaired. */
const repairable: Problem['kind'][] = ['malformed', 'truncated', 'whitespace-damaged'];

/** The first text that a repair makes sound; without one, why the repair of a quoted diff failed. */
function repaired(scans: Found[]): Found | undefined {
  let open: Found | undefined;
  for (const found of scans) {
    const first = found.result.problems.find((problem) => problem.fatal);
    if (first && !repairable.includes(first.kind)) continue;
    const made = repair(found.text);
    if (!made) continue;
    const result = scan(made.text);
    if (made.reason !== undefined) {
      // The file before the patch may tell what the text alone does not.
      if (result.files.length > 0)
        open ??= {
          ...made,
          repairs: [...found.repairs, ...made.repairs],
          result: withReason(result, made.reason),
          undecided: made.text,
        };
      continue;
    }
    if (isSound(result)) return { ...made, repairs: [...found.repairs, ...made.repairs], result };
    if (!first) found.result.problems.push(...result.problems.filter((problem) => problem.fatal));
  }
  return open;
}

function fatal(kind: Problem['kind'], reason: string, file?: string, hunk?: number): Problem {
  return { kind, fatal: true, file, hunk, line: undefined, reason };
}

/** What is wrong with a diff whose own lines are all right. */
function judge(message: Message, result: Scan): Problem[] {
  if (result.problems.some((problem) => problem.fatal)) return [];
  if (result.files.length === 0) {
    return [fatal('no-patch', message.body.trim() === '' ? `${noPatch}: its text is empty` : noPatch)];
  }
  const other = compareParsers(result.files, result.text);
  if (!other) return [];
  const reason = `${other.file}, hunk ${other.hunk}: two readers of this diff disagree about its lines`;
  return [fatal('malformed', reason, other.file, other.hunk)];
}

/** The text above the `---` line, or above the diff when there is no such line. */
function commitMessageOf(text: string, start: number): string {
  const above = text.split('\n', start);
  const separator = above.findIndex((line) => line.trimEnd() === '---');
  return above
    .slice(0, separator < 0 ? start : separator)
    .join('\n')
    .trim();
}

function trailers(text: string, name: string): string[] {
  const line = new RegExp(`^${name}: ([0-9a-fA-F]{40,64})[ \\t\\r]*$`, 'gm');
  return [...text.matchAll(line)].map((match) => match[1]!.toLowerCase());
}

/** What a text says about the code that it was made for. */
export function readTrailers(text: string): Pick<Patch, 'baseCommit' | 'prerequisites'> {
  return {
    baseCommit: trailers(text, 'base-commit')[0],
    prerequisites: trailers(text, 'prerequisite-patch-id').slice(0, 1000),
  };
}

/**
 * The patch, and an undecided one with the first columns that these files before it tell; undefined when they do
 * not tell them either, or not in one way only.
 */
export function decided(patch: Patch, files: ReadonlyMap<string, Buffer>): Patch | undefined {
  if (patch.undecided === undefined) return patch;
  const { encoding } = patch.message;
  const linesOf = (name: string): string[] | undefined => {
    const path = patch.strip === 0 ? name : withoutFirst(name);
    return files
      .get(path ?? '')
      ?.toString(encoding)
      .split('\n')
      .map(bare);
  };
  const made = repair(patch.undecided, linesOf);
  const result = made?.reason === undefined && made ? scan(made.text) : undefined;
  if (!made || !result || !isSound(result) || judge(patch.message, result).length > 0) return undefined;
  const repairs = [...patch.repairs, ...made.repairs];
  return {
    ...patch,
    files: result.files,
    problems: result.problems,
    text: result.text,
    repairs,
    undecided: undefined,
  };
}

/**
 * The patch in a message. Never throws: a message without a patch, or with a damaged one, gives a patch
 * whose `problems` hold a fatal one.
 */
export function readPatch(message: Message): Patch {
  const { text, result, repairs, undecided } = scanMessage(message);
  return {
    message,
    commitMessage: commitMessageOf(text, result.start),
    ...readTrailers(text),
    files: result.files,
    problems: [...result.problems, ...judge(message, result)],
    repairs,
    undecided,
    strip: result.strip,
    text: result.text,
  };
}
