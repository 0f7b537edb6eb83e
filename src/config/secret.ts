import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Secret } from './scalar.js';

const mostBytes = 64 * 1024;

/**
 * The secret that a setting points to, without the newline at its end. Throws an Error that names the setting's
 * place and never what is in it.
 */
export function readSecret(secret: Secret, environment: NodeJS.ProcessEnv = process.env): string {
  if ('env' in secret) {
    // By custom NAME_FILE names a file that holds what NAME would.
    const file = environment[`${secret.env}_FILE`];
    const value = environment[secret.env] ?? (file === undefined ? undefined : readFile(file));
    if (value === undefined || value === '')
      throw new Error(`neither ${secret.env} nor ${secret.env}_FILE is set`);
    return value;
  }
  if ('file' in secret) return readFile(secret.file);
  const folder = environment.CREDENTIALS_DIRECTORY;
  if (folder === undefined)
    throw new Error(`the credential ${secret.credential} needs CREDENTIALS_DIRECTORY, which systemd sets`);
  return readFile(join(folder, secret.credential));
}

function readFile(path: string): string {
  try {
    if (statSync(path).size > mostBytes) throw new Error(`${path}: a secret of more than ${mostBytes} bytes`);
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === undefined) throw cause;
    throw new Error(`${path}: the secret cannot be read (${code})`, { cause });
  }
}
