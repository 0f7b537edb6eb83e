import { readFileSync } from 'node:fs';

let known: string | undefined;

/**
 * Faultline's own version, from its package.json: two folders up in `dist`, one when run from the sources.
 * Throws when neither is there, for then the installation is broken.
 */
export function toolVersion(): string {
  for (const path of ['../../package.json', '../../../package.json']) {
    if (known !== undefined) break;
    const manifest = readManifest(new URL(path, import.meta.url));
    if (manifest?.name === 'faultline') known = manifest.version;
  }
  if (known === undefined) throw new Error("Faultline's own package.json is missing");
  return known;
}

function readManifest(url: URL): { name: string; version: string } | undefined {
  try {
    return JSON.parse(readFileSync(url, 'utf8')) as { name: string; version: string };
  } catch {
    // Not there, or somebody else's: the other place is tried.
    return undefined;
  }
}
