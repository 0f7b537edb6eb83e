import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Code } from '../code/code.js';
import type { SelfTestOptions } from '../finding/request.js';
import type { SelfTest, SelfTestReport } from '../finding/self-test.js';
import { packageRoot } from '../root.js';
import { judge, type Outcome } from './judge.js';
import type { Race } from './race.js';
import { readCatalogue } from './read.js';

/** Runs every entry on its own baseline, broken and repaired: the catalogue's test of itself. */
export async function selfTest(ids: readonly string[], options: SelfTestOptions): Promise<SelfTestReport> {
  const races = readCatalogue().filter((race) => ids.length === 0 || ids.includes(race.id));
  const entries: SelfTest[] = [];
  for (const [done, race] of races.entries()) {
    options.onProgress?.({ what: race.id, done, of: races.length });
    const { broken, repaired } = testRace(race, options);
    const own = broken.violations.some((violation) => violation.rule === race.rule);
    const ok = own && repaired.verdict === 'holds';
    entries.push({ id: race.id, broken: broken.verdict, repaired: repaired.verdict, ok });
    await new Promise(setImmediate);
  }
  return { version: 1, entries };
}

export function testRace(
  race: Race,
  options: Pick<SelfTestOptions, 'config' | 'full' | 'budget'>,
): { broken: Outcome; repaired: Outcome } {
  const baseline = readBaseline(race.era);
  const bounds = { full: options.full, ...(options.budget === undefined ? {} : { states: options.budget }) };
  const how = { config: options.config, bounds };
  return {
    broken: judge(race, breakCode(baseline, race), how),
    repaired: judge(race, baseline, how),
  };
}

/** The built-in code of an era. */
export function readBaseline(era: string): Code {
  const folder = join(packageRoot, 'simulator', 'baseline', era);
  if (!existsSync(folder)) throw new Error(`there is no baseline "${era}"`);
  const files = new Map<string, string>();
  const walk = (path: string) => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const child = path === '' ? entry.name : `${path}/${entry.name}`;
      if (entry.isDirectory()) walk(child);
      else if (/\.[ch]$/.test(entry.name)) files.set(child, readFileSync(join(folder, child), 'utf8'));
    }
  };
  walk('');
  return { files, baseline: true };
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
