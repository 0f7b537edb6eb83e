import { execFile } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../', import.meta.url));
const built = join(root, 'dist/src/cli.js');
// By its place: who is run in another folder finds no tsx there.
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const fromSources = ['--import', tsx, join(root, 'src/cli.ts')];

/** When a file of the folders last changed; ms since 1970. */
function changedMs(...folders: string[]): number {
  const times = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );
  return Math.max(...times);
}

/** A build that is older than what it was made from would be tested in place of what stands there. */
function choose(): string[] {
  if (!existsSync(built)) return fromSources;
  if (statSync(built).mtimeMs >= changedMs('src', 'simulator')) return [built];
  console.warn('dist/ IS OLDER THAN THE SOURCES: the sources are run; `npm run build` makes this faster');
  return fromSources;
}

/** What Node has to be given to be `faultline`: the build, as users have it, or else the sources. */
export const command: readonly string[] = choose();

/** Runs a script of the tests in a process of its own, whose memory is all its own; answers the JSON that it prints. */
export async function runAlone(script: URL, ...args: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    tsx,
    fileURLToPath(script),
    ...args,
  ]);
  return JSON.parse(stdout);
}
