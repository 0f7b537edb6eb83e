import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../root.js';
import type { World } from './modelled.js';

/** A C file of the model. */
export interface ModelFile {
  path: string;
  text: string;
}

/** What a role file says about itself. */
export interface Role extends ModelFile {
  /** Functions it defines that a race may call. */
  functions: string[];
  /** Functions of the reviewed code it needs; alternatives in one inner list. */
  needs: string[][];
}

export interface Model {
  headers: Map<string, string>;
  files: ModelFile[];
  roles: Role[];
}

const loaded = new Map<World, Model>();

/** What is built of locks that each world has for itself, and locks that nothing in a world has to do with. */
const inEveryWorld = new Set(
  ['guard.c', 'mutex.c', 'rwsem.c'].map((name) => `${join('simulator', 'kernel')}/${name}`),
);

/** The sources of the model of a world, read once. */
export function readModel(world: World = 'kernel'): Model {
  const model = loaded.get(world) ?? load(world);
  loaded.set(world, model);
  return model;
}

function load(world: World): Model {
  const own = readFolder(join('simulator', world));
  if (world === 'kernel') return own;
  // Types, locks and what else C is written with are those of the kernel's world.
  const kernel = readModel();
  return {
    ...own,
    headers: new Map([...kernel.headers, ...own.headers]),
    files: [...own.files, ...kernel.files.filter(({ path }) => inEveryWorld.has(path))],
  };
}

function readFolder(folder: string): Model {
  const headers = new Map<string, string>();
  const files: ModelFile[] = [];
  const roles: Role[] = [];
  for (const path of listC(folder)) {
    const text = readFileSync(join(packageRoot, path), 'utf8');
    const inRole = path.startsWith(join(folder, 'role'));
    if (path.endsWith('.h')) headers.set(path.slice(folder.length + 1), text);
    else if (inRole) roles.push({ path, text, functions: definitionsIn(text), needs: needsIn(text) });
    else files.push({ path, text });
  }
  return { headers, files, roles };
}

function listC(folder: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(packageRoot, folder), { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...listC(path));
    else if (/\.[ch]$/.test(entry.name)) found.push(path);
  }
  return found.sort();
}

/** Functions that begin at the margin and are not static: what a role offers. */
export function definitionsIn(text: string): string[] {
  return [...text.matchAll(/^(?!static\b)[a-z][\w ]*[\s*](\w+)\([^;{]*\)\s*\{/gm)].map(
    (match) => match[1] as string,
  );
}

/** `Needs: a | b` lines inside comments. */
function needsIn(text: string): string[][] {
  return [...text.matchAll(/\bNeeds:\s*([\w |]+)/g)].map((match) =>
    (match[1] as string).split('|').map((name) => name.trim()),
  );
}
