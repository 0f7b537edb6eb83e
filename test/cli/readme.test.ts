import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Bar } from '../../src/command/exit-code.js';
import { reviewCommand } from '../../src/command/review.js';
import { stages } from '../../src/command/stages.js';
import { fakeWorld, flags } from './world.js';

const readme = new URL('../../README.md', import.meta.url);
const patch = fileURLToPath(new URL('../../fixtures/no-second-lookup.mbox', import.meta.url));
const block = /```text\n([\s\S]*?)```/;

async function output(race: string[]): Promise<string> {
  const { world, output } = fakeWorld(stages);
  await reviewCommand(patch, { ...flags({ race }), failOn: 'introduced' as Bar }, world);
  return output().replaceAll(patch, 'fixtures/no-second-lookup.mbox');
}

/** From the finding to the end of its trace. Counts and hashes around it change with every race added. */
function picture(text: string): string[] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith('INTRODUCED'));
  return lines.slice(
    from,
    lines.findIndex((line) => line.startsWith('  before the patch')),
  );
}

describe('README.md', () => {
  it('shows what its command prints (UPDATE=1 pastes it anew)', async () => {
    const text = readFileSync(readme, 'utf8');
    if (process.env.UPDATE === '1') {
      const now = await output([]);
      writeFileSync(
        readme,
        text.replace(block, () => `\`\`\`text\n${now}\`\`\``),
      );
    }
    const shown = block.exec(readFileSync(readme, 'utf8'))?.[1] ?? '';
    expect(picture(shown).length).toBeGreaterThan(10);
    expect(picture(shown)).toEqual(picture(await output(['dax-pmd-insert-race'])));
  });
});
