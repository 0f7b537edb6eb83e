import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../root.js';
import { parseRace } from './parse-race.js';
import type { Race } from './race.js';

let known: Race[] | undefined;

/** The whole catalogue, by id, read once. Throws when a file of it is not as rules/README.md says. */
export function readCatalogue(): Race[] {
  known ??= readFiles();
  return [...known];
}

function readFiles(): Race[] {
  const folder = join('rules', 'race');
  const races: Race[] = [];
  for (const family of readdirSync(join(packageRoot, folder), { withFileTypes: true })) {
    if (!family.isDirectory()) continue;
    for (const name of readdirSync(join(packageRoot, folder, family.name))) {
      if (!name.endsWith('.c')) continue;
      const file = `${folder}/${family.name}/${name}`;
      races.push(parseRace(file, readFileSync(join(packageRoot, file), 'utf8')));
    }
  }
  races.sort((a, b) => (a.id < b.id ? -1 : 1));
  const twice = races.find((race, at) => race.id === races[at + 1]?.id);
  if (twice !== undefined) throw new Error(`two races have the id ${twice.id}`);
  return races;
}
