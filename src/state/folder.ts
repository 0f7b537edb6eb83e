import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs';

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
