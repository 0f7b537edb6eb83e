import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { basisOf, layered } from '../change/layer.js';
import type { Code } from '../code/code.js';
import { packageRoot } from '../root.js';
import type { Race } from './race.js';

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

/** Puts an entry's BROKEN functions in the place of the baseline's own. */
export function breakCode(code: Code, race: Race): Code {
  const names = definedNames(race.broken);
  const files = new Map(code.files);
  for (const [path, text] of files) {
    let left = text;
    for (const name of names) left = withoutFunction(left, name);
    if (left !== text) files.set(path, `${left}\n${race.broken.trim()}\n`);
  }
  return { files, baseline: code.baseline };
}

function definedNames(text: string): string[] {
  return [...text.matchAll(/^(?![\s#/*}])[^\n;={}]*?\b(\w+)\s*\([^;{]*\{/gm)].map(
    (match) => match[1] as string,
  );
}

/** Blanks a function that begins and ends in the first column; lines stay where they are. */
function withoutFunction(text: string, name: string): string {
  const pattern = new RegExp(`^(?![\\s#/*}])[^\\n;={}]*?\\b${name}\\s*\\([^;{]*\\{[\\s\\S]*?^\\}`, 'm');
  return text.replace(pattern, (match) => match.replace(/[^\n]/g, ''));
}
