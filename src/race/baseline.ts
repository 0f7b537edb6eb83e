import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { basisOf, layered } from '../change/layer.js';
import type { Code } from '../code/code.js';
import { packageRoot } from '../root.js';

/** The built-in code of an era. */
export function readBaseline(era: string): Code {
  const folder = join(packageRoot, 'simulator', 'baseline', era);
  if (!existsSync(folder)) throw new Error(`there is no baseline "${era}"`);
  const files = new Map<string, string>();
  const walk = (path: string) => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const child = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) walk(child);
      else if (/\.[ch]$/.test(entry.name)) files.set(child, readEraFile(era, child));
    }
  };
  walk('');
  return { files, baseline: true };
}

/** A file of an era, laid on the file of the era that it is told by. */
function readEraFile(era: string, path: string): string {
  const own = readFileSync(join(packageRoot, 'simulator', 'baseline', era, path), 'utf8');
  const basis = basisOf(own);
  return basis === undefined ? own : layered(readEraFile(basis, path), own);
}
