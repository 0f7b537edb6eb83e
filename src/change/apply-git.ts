import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readBelow } from './folder-tree.js';
import { git } from './git.js';
import type { FilePatch, Patch } from './patch.js';
import { whyUnsafe } from './path.js';

export type GitAnswer = { after: Map<string, Buffer> } | { error: string };

/** The files that git is asked to change. */
export function applicable(patch: Patch): FilePatch[] {
  return patch.files.filter((file) => file.kind !== 'binary' && file.kind !== 'link');
}

async function writeFiles(folder: string, files: Map<string, Buffer>): Promise<void> {
  for (const [path, bytes] of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}

async function readFiles(folder: string, paths: Iterable<string>): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const path of paths) {
    const bytes = await readBelow(folder, path);
    if (bytes) files.set(path, bytes);
  }
  return files;
}

/** The first thing that git complained about. */
function complaint(stderr: string): string {
  const line = stderr.split('\n').find((text) => text.startsWith('error: '));
  return (line?.slice('error: '.length) ?? 'git apply failed').replace(/[\x00-\x1f\x7f]/g, '?').slice(0, 200);
}

/**
 * Lets real git apply these files of a patch to their contents, in an empty folder of its own. Paths were checked by the
 * scanner and are checked again here, because everything outside of that folder is at stake.
 */
export async function applyWithGit(
  patch: Patch,
  files: FilePatch[],
  before: Map<string, Buffer>,
): Promise<GitAnswer> {
  const paths = new Set([...before.keys(), ...files.flatMap((file) => [file.oldPath, file.newPath])]);
  if ([...paths].some((path) => whyUnsafe(path))) throw new Error('an unsafe path came as far as git apply');
  if (files.length === 0) return { after: new Map(before) };
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'faultline-apply-')));
  try {
    await writeFiles(folder, before);
    const input = Buffer.from(files.map((file) => file.text).join(''), patch.message.encoding);
    const result = await git(['apply', `-p${patch.strip}`, '--whitespace=nowarn', '-'], {
      cwd: folder,
      input,
      // Standing in somebody's repository would make paths relative to it.
      env: { GIT_CEILING_DIRECTORIES: dirname(folder) },
    });
    if (result.code !== 0) return { error: complaint(result.stderr) };
    return { after: await readFiles(folder, paths) };
  } catch (cause) {
    // Paths of one patch may contradict each other: a file where another one needs a folder.
    if (['EEXIST', 'ENOTDIR', 'EISDIR'].includes((cause as NodeJS.ErrnoException).code ?? ''))
      return { error: 'its paths contradict each other' };
    throw cause;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
