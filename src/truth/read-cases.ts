import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { applySeries } from '../change/apply-series.js';
import { openTree } from '../change/open-tree.js';
import { fatalProblem, type Patch } from '../change/patch.js';
import { readPatch } from '../change/read-patch.js';
import { reversePatch } from '../change/reverse-patch.js';
import type { Problem } from '../finding/problem.js';
import type { BrokenCase } from '../finding/truth.js';
import { readMessages } from '../mail/read.js';
import type { Case } from './case.js';

/** No case needs more; a larger file is another file than was meant. */
const limit = { cases: 2000, descriptionBytes: 64 * 1024, patchBytes: 16 * 1024 * 1024 } as const;

/** The cases of a folder by name, and what is wrong with the folders in it that are none. */
export async function readCases(folder: string): Promise<{ cases: Case[]; broken: BrokenCase[] } | Problem> {
  let entries: string[];
  try {
    const found = await readdir(folder, { withFileTypes: true });
    entries = found
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name);
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such folder' : 'it cannot be listed';
    return { problem: `${folder}: ${reason}`, exit: 3 };
  }
  if (entries.length > limit.cases)
    return { problem: `${folder} holds more than ${limit.cases} folders`, exit: 3 };
  const cases: Case[] = [];
  const broken: BrokenCase[] = [];
  for (const id of entries.sort()) {
    const read = await readCase(id, join(folder, id));
    if (typeof read === 'string') broken.push({ id, why: read });
    else cases.push(read);
  }
  return { cases, broken };
}

/** One case; a string says what is wrong with it. */
async function readCase(id: string, folder: string): Promise<Case | string> {
  try {
    const description = describe(await readSmall(join(folder, 'case.json'), limit.descriptionBytes));
    if (typeof description === 'string') return `case.json: ${description}`;
    const patch = await readSmall(join(folder, 'patch.diff'), limit.patchBytes);
    const [pre, post] = [join(folder, 'pre'), join(folder, 'post')];
    const reverse = await checkedReverse(patch, pre, post);
    return 'why' in reverse ? reverse.why : { id, ...description, pre, post, patch, reverse: reverse.diff };
  } catch (error) {
    return (error as Error).message.split('\n')[0] as string;
  }
}

async function readSmall(path: string, bytes: number): Promise<Buffer> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const status = await stat(path).catch(() => undefined);
  if (status?.isFile() !== true) throw new Error(`there is no ${name}`);
  if (status.size > bytes) throw new Error(`${name} is longer than ${bytes} bytes`);
  return readFile(path);
}

type Description = Pick<Case, 'kind' | 'rules' | 'functions' | 'alsoIntroduces' | 'graded'>;

/** What case.json says; a string says what is wrong with it. */
function describe(bytes: Buffer): Description | string {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return 'it is no JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is no object';
  const { kind, graded = true, ...lists } = value as Record<string, unknown>;
  if (kind !== 'race' && kind !== 'benign') return '"kind" is neither "race" nor "benign"';
  if (typeof graded !== 'boolean') return '"graded" is neither true nor false';
  const names = ['rules', 'functions', 'alsoIntroduces'] as const;
  const wrong = names.find((name) => lists[name] !== undefined && !isListOfWords(lists[name]));
  if (wrong !== undefined) return `"${wrong}" is no list of words`;
  const [rules, functions, alsoIntroduces] = names.map((name) => (lists[name] ?? []) as string[]);
  if (kind === 'race' && graded && (rules!.length === 0 || functions!.length === 0))
    return 'a graded race names the rules and functions that are accepted';
  return { kind, graded, rules: rules!, functions: functions!, alsoIntroduces: alsoIntroduces! };
}

function isListOfWords(value: unknown): boolean {
  return Array.isArray(value) && value.every((word) => typeof word === 'string' && /^[\w-]+$/.test(word));
}

/** The patch backwards, once it is certain that it leads from pre to post and that this leads back. */
async function checkedReverse(
  patch: Buffer,
  pre: string,
  post: string,
): Promise<{ diff: Buffer } | { why: string }> {
  const forward = await onePatch(patch);
  if (typeof forward === 'string') return { why: `patch.diff: ${forward}` };
  const text = reversePatch(forward);
  if (typeof text !== 'string') return { why: `patch.diff: ${text.problem}` };
  const back = await onePatch(Buffer.from(text));
  if (typeof back === 'string') return { why: `patch.diff backwards: ${back}` };
  const why = (await whyNotTo(forward, pre, post)) ?? (await whyNotTo(back, post, pre));
  return why === undefined ? { diff: Buffer.from(text) } : { why };
}

async function onePatch(bytes: Buffer): Promise<Patch | string> {
  const read = await readMessages(bytes);
  if ('problem' in read) return read.problem;
  if (read.messages.length !== 1) return 'it holds more than one mail';
  const patch = readPatch(read.messages[0]!);
  return fatalProblem(patch)?.reason ?? patch;
}

/** Why a patch does not turn the files of one folder into those of another; undefined when it does. */
async function whyNotTo(patch: Patch, from: string, to: string): Promise<string | undefined> {
  const [start, end] = [await openTree(from), await openTree(to)];
  if ('problem' in start) return start.problem;
  if ('problem' in end) return end.problem;
  const [change] = await applySeries([patch], [start]);
  if (change?.status !== 'applied') return change?.why ?? 'patch.diff does not apply';
  for (const path of new Set(patch.files.flatMap((file) => [file.oldPath, file.newPath]))) {
    const expected = await end.read(path);
    if (change.after.get(path) !== expected) return `patch.diff does not make ${path} what it is in ${to}`;
  }
  return undefined;
}
