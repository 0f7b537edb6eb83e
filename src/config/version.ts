import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tool } from '../finding/review.js';
import { packageRoot } from '../root.js';

/** Faultline's own version, as its package.json says it. */
export function toolVersion(): string {
  const manifest = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

/**
 * The versions a result depends on. Model and catalogue are named by what they hold (12 digits of a hash of
 * their C), so that a number nobody raised cannot claim that two answers came from the same model.
 */
export function toolVersions(): Tool {
  return {
    version: toolVersion(),
    modelVersion: contentHash(join('simulator', 'kernel'), join('simulator', 'array')),
    catalogueVersion: contentHash(join('rules', 'race')),
  };
}

function contentHash(...folders: string[]): string {
  const hash = createHash('sha256');
  for (const path of folders.flatMap(filesBelow)) {
    const text = readFileSync(join(packageRoot, path));
    hash.update(`${path.replaceAll('\\', '/')}\0${text.length}\0`).update(text);
  }
  return hash.digest('hex').slice(0, 12);
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(join(packageRoot, folder), { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && /\.[ch]$/.test(entry.name));
  return files.map((entry) => join(entry.parentPath, entry.name).slice(packageRoot.length + 1)).sort();
}
