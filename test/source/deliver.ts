import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

let delivered = 0;

/** Delivers a mail as mail servers do: written whole under tmp/, then moved to new/. Answers its name. */
export function deliver(folder: string, raw: Buffer): string {
  for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(folder, part), { recursive: true });
  const name = `${1_772_668_800 + delivered}.M${delivered}P${process.pid}.test`;
  delivered++;
  writeFileSync(join(folder, 'tmp', name), raw);
  renameSync(join(folder, 'tmp', name), join(folder, 'new', name));
  return name;
}
