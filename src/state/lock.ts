import Libsql from 'libsql';

export interface Lock {
  release(): void;
}

/**
 * Takes a lock on a file, for as long as this process lives: the operating system lets go of it, however the
 * process ends, and no number of a process can be taken for another's. Throws when somebody else has it.
 */
export function takeLock(file: string): Lock {
  const connection = new Libsql(file, { timeout: 0 });
  try {
    connection.prepare('BEGIN EXCLUSIVE').run([]);
  } catch (cause) {
    connection.close();
    throw new Error(`${file}: another process holds it`, { cause });
  }
  return { release: () => connection.close() };
}
