import { open } from 'node:fs/promises';
import type { Problem } from '../finding/problem.js';
import { exitCode } from './exit-code.js';
import type { World } from './world.js';

/** No posting is as long; a larger file is another file than was meant. */
const inputLimit = 64 * 1024 * 1024;

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'it may not be read',
  EISDIR: 'it is a folder; give a mail, an mbox or a diff',
  ENAMETOOLONG: 'the name is too long',
};

function cannotRead(file: string, reason: string): Problem {
  return { problem: `${file}: ${reason}`, exit: exitCode.input };
}

const tooLong = `it is longer than ${inputLimit / 1024 / 1024} MB`;

/** A URL or a Message-ID instead of a file's name. */
function isElsewhere(name: string): boolean {
  return name.includes('://') || /^<?[^\s/]+@[^\s/]+>?$/.test(name);
}

async function readFile(file: string): Promise<Buffer | Problem> {
  let handle: Awaited<ReturnType<typeof open>> | undefined;
  try {
    handle = await open(file);
    const status = await handle.stat();
    if (status.isDirectory()) return cannotRead(file, reasons.EISDIR!);
    if (status.size > inputLimit) return cannotRead(file, tooLong);
    return await handle.readFile();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOENT' && isElsewhere(file))
      return cannotRead(file, 'mails are not fetched; save it and give the file');
    return cannotRead(file, reasons[code] ?? `it cannot be read (${code || 'unknown reason'})`);
  } finally {
    await handle?.close();
  }
}

/** The bytes of a file, or of stdin for `-` and for no name at all; a problem when they cannot be had. */
export async function readInput(file: string | undefined, world: World): Promise<Buffer | Problem> {
  if (file !== undefined && file !== '-') return readFile(file);
  if (file === undefined && world.inputIsTerminal)
    return { problem: 'give a file, or a patch on stdin (faultline review --help)', exit: exitCode.usage };
  return (await world.readInput(inputLimit)) ?? cannotRead('stdin', tooLong);
}
