import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../root.js';

/** Faultline's own version, as its package.json says it. */
export function toolVersion(): string {
  const manifest = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

/** The versions that results depend on: the program's, the model's and the catalogue's. */
export function toolVersions(): { version: string; modelVersion: string; catalogueVersion: string } {
  return { version: toolVersion(), modelVersion: '1', catalogueVersion: '1' };
}
