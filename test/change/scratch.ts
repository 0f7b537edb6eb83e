import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { openTree } from '../../src/change/open-tree.js';
import type { Tree } from '../../src/change/tree.js';

/** A temporary folder that goes away with the test file. */
export function scratchFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'faultline-test-')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function writeTree(folder: string, files: Record<string, string>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Runs git as one fixed author at one fixed time. */
export function gitIn(folder: string, ...args: string[]): string {
  const who = [
    '-c',
    'user.name=A Developer',
    '-c',
    'user.email=dev@example.org',
    '-c',
    'init.defaultBranch=main',
  ];
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8', env, stdio: 'pipe' });
}

export async function treeAt(where: string): Promise<Tree> {
  const tree = await openTree(where);
  if ('problem' in tree) throw new Error(tree.problem);
  return tree;
}

const head = Array.from({ length: 12 }, (_, index) => `int before_${index};`);

/** A file of own words, long enough for two hunks. */
export function sourceWith(body: string): string {
  return [
    ...head,
    'int pick(void)',
    '{',
    `\t${body}`,
    '}',
    ...head.map((text) => text.replace('before', 'after')),
    '',
  ].join('\n');
}
