import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the database and the queue are: what the configuration says, else systemd, else the user's place for it. */
export function stateFolder(named: string | undefined, environment: NodeJS.ProcessEnv = process.env): string {
  if (named !== undefined) return resolve(named);
  const { STATE_DIRECTORY, XDG_STATE_HOME, HOME } = environment;
  // systemd names several folders with colons between; the unit asks for one.
  if (STATE_DIRECTORY !== undefined) return resolve(STATE_DIRECTORY.split(':')[0]!);
  if (XDG_STATE_HOME !== undefined) return resolve(XDG_STATE_HOME, 'faultline');
  if (HOME !== undefined) return join(resolve(HOME), '.local', 'state', 'faultline');
  throw new Error('there is no place for the state: set "state" in the configuration');
}

/** Makes the folder, for nobody but its owner: it holds mail that may be private. Throws one clear line. */
export function makeStateFolder(folder: string): void {
  try {
    const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (made !== undefined) chmodSync(folder, 0o700);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown reason';
    throw new Error(`${folder}: the state cannot be kept there (${code})`, { cause });
  }
}
