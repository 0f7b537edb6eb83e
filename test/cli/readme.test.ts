import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Bar } from '../../src/command/exit-code.js';
import { reviewCommand } from '../../src/command/review.js';
import { stages } from '../../src/command/stages.js';
import { fakeHost, flags } from './host.js';

const readme = new URL('../../README.md', import.meta.url);
const patch = fileURLToPath(new URL('../../fixtures/no-second-lookup.mbox', import.meta.url));
const picture = new URL('../../docs/witness.svg', import.meta.url);
const block = /```text\n([\s\S]*?)```/;

async function output(format: string): Promise<string> {
  const { host, output } = fakeHost(stages);
  const given = { ...flags({ race: ['dax-pmd-insert-race'], format }), failOn: 'introduced' as Bar };
  await reviewCommand(patch, given, host);
  return output();
}

describe('README.md', () => {
  it('shows the finding that its command prints', async () => {
    const shown = (block.exec(readFileSync(readme, 'utf8'))?.[1] ?? '').trim().split('\n');
    expect(shown.length).toBeGreaterThan(0);
    const lines = (await output('text')).split('\n');
    const at = lines.findIndex((line) => line.startsWith('INTRODUCED'));
    expect(lines.slice(at, at + shown.length)).toEqual(shown);
  });

  it('shows its interleaving as a picture (UPDATE=1 draws it anew)', async () => {
    const drawn = await output('svg');
    if (process.env.UPDATE === '1') writeFileSync(picture, drawn);
    expect(readFileSync(picture, 'utf8')).toBe(drawn);
  });
});
