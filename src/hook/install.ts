import { chmod, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { run } from '../change/run.js';
import type { Problem } from '../finding/problem.js';
import { type HookName, hookScript, hooks, mark } from './script.js';

/** What was done to each hook. */
export interface HookChange {
  hook: HookName;
  path: string;
  outcome: 'installed' | 'removed' | 'absent';
}

/**
 * Writes or takes away the hooks of the repository around a folder. A hook of somebody else is never touched: the
 * answer then says which, and nothing was changed.
 */
export async function changeHooks(
  what: 'install' | 'remove',
  folder: string,
  command: readonly string[],
): Promise<HookChange[] | Problem> {
  // Asked without our own settings: the user's configuration says where hooks are.
  const answer = await run('git', ['-C', folder, 'rev-parse', '--git-path', 'hooks']);
  if (answer.code !== 0) return { problem: `${folder}: no git repository is around it`, exit: 2 };
  const told = answer.stdout.toString('utf8').trim();
  const place = isAbsolute(told) ? told : join(folder, told);
  const found = await Promise.all(
    hooks.map(async (hook) => ({ hook, path: join(place, hook), text: await read(join(place, hook)) })),
  );
  const foreign = found.find(({ text }) => text !== undefined && !text.includes(mark));
  if (foreign !== undefined && what === 'install')
    return {
      problem: `${foreign.path} is there already and not ours; let it call faultline review itself`,
      exit: 2,
    };
  const changes: HookChange[] = [];
  for (const { hook, path, text } of found) {
    if (what === 'install') {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, hookScript(hook, command));
      await chmod(path, 0o755);
      changes.push({ hook, path, outcome: 'installed' });
    } else if (text?.includes(mark) === true) {
      await unlink(path);
      changes.push({ hook, path, outcome: 'removed' });
    } else changes.push({ hook, path, outcome: 'absent' });
  }
  return changes;
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
