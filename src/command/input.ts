import { existsSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Input, LookUpOptions } from '../finding/input.js';
import type { Problem } from '../finding/problem.js';
import { exitCode } from './exit-code.js';
import type { Host } from './host.js';

/** No posting is as long; a larger file is another file than was meant. */
const inputLimit = 64 * 1024 * 1024;

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
};

/** The reason in words; the system's own word for it where there are none. */
export function whyUnread({ code = 'unknown reason' }: NodeJS.ErrnoException): string {
  return reasons[code] ?? `it cannot be read (${code})`;
}

function cannotRead(file: string, reason: string): Problem {
  return { problem: `${file}: ${reason}`, exit: exitCode.input };
}

const tooLong = `it is longer than ${inputLimit / 1024 / 1024} MB`;

/** Undefined for what is no file: no name of a file, or a folder. */
async function readFile(file: string): Promise<Buffer | Problem | undefined> {
  let handle: Awaited<ReturnType<typeof open>> | undefined;
  try {
    handle = await open(file);
    const status = await handle.stat();
    if (status.isDirectory()) return undefined;
    if (status.size > inputLimit) return cannotRead(file, tooLong);
    return await handle.readFile();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return cannotRead(file, whyUnread(error as NodeJS.ErrnoException));
  } finally {
    await handle?.close();
  }
}

/** A folder that is no Maildir is told so; whatever else it could mean, there is a folder of that name. */
async function isOtherFolder(name: string): Promise<boolean> {
  if (!(await stat(name).catch(() => undefined))?.isDirectory()) return false;
  return !existsSync(join(name, 'cur'));
}

/** What somebody meets who has committed the change already. */
const nothingCame =
  'it is empty (git diff prints only what is not committed; HEAD~1.. names the last commit)';

async function readStdin(host: Host): Promise<Input | Problem> {
  const bytes = await host.readInput(inputLimit);
  if (bytes === undefined) return cannotRead('stdin', tooLong);
  return bytes.length === 0 ? cannotRead('stdin', nothingCame) : { bytes };
}

/**
 * What is asked about: a file, stdin for `-` and for no name at all, else what the stages know by that name -
 * a Maildir, an address, a Message-ID, commits. A problem when it cannot be had.
 */
export async function readInput(
  name: string | undefined,
  options: LookUpOptions,
  host: Host,
): Promise<Input | Problem> {
  if (name === '-' || (name === undefined && !host.inputIsTerminal)) return readStdin(host);
  if (name === undefined)
    return { problem: 'give a file, or a patch on stdin (faultline review --help)', exit: exitCode.usage };
  const file = await readFile(name);
  if (file !== undefined) return 'problem' in file ? file : { bytes: file };
  if (await isOtherFolder(name))
    return cannotRead(name, `${reasons.EISDIR}; give a mail, an mbox, a Maildir or a diff`);
  return host.analysis.lookUp(name, options);
}

/** The options of a command that say where mails may be. */
export function lookUpOptions({ store, from }: LookUpOptions): LookUpOptions {
  return { ...(store === undefined ? {} : { store }), ...(from === undefined ? {} : { from }) };
}

/** The same as one types them. */
export function lookUpArguments({ store, from }: LookUpOptions): string[] {
  return [
    ...(store === undefined ? [] : ['--store', store]),
    ...(from === undefined ? [] : ['--from', from]),
  ];
}
