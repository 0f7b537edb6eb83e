import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import type { Bar } from '../../src/command/exit-code.js';
import { replayCommand } from '../../src/command/replay.js';
import { reviewCommand } from '../../src/command/review.js';
import { stages } from '../../src/command/stages.js';
import type { Review } from '../../src/finding/review.js';
import { fakeHost, flags } from './host.js';

const patch = fileURLToPath(new URL('../../fixtures/no-second-lookup.mbox', import.meta.url));
const race = ['dax-pmd-insert-race'];
const schema = new URL('../../src/report/schema/review.json', import.meta.url);

async function reviewed(format: string) {
  const { host, output } = fakeHost(stages);
  const code = await reviewCommand(patch, { ...flags({ race, format }), failOn: 'introduced' as Bar }, host);
  return { code, output: output() };
}

/** The whole way on the built-in baseline, nothing replaced: a mail goes in, a witness comes out. */
describe('a patch that drops the second lookup', () => {
  it('opens the race of 2017, by a document that its schema accepts', async () => {
    const { code, output } = await reviewed('json');
    const review = JSON.parse(output) as Review;
    expect(code).toBe(1);
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(JSON.parse(readFileSync(schema, 'utf8')));
    validate(review);
    expect(validate.errors).toBeNull();
    const [finding] = review.patches[0]!.findings;
    expect(finding).toMatchObject({ status: 'introduced', rule: 'unlocked-entry-path', onBaseline: true });
    expect(finding!.location).toMatchObject({
      file: 'fs/dax.c',
      function: 'grab_mapping_entry',
      side: 'after',
    });
    expect(finding!.trace.at(-1)!.broken).toBeTruthy();
  });

  it('gives the same bytes again', async () => {
    expect((await reviewed('text')).output).toBe((await reviewed('text')).output);
  });

  it('leaves a witness that runs again', async () => {
    const { output } = await reviewed('json');
    const { witness } = (JSON.parse(output) as Review).patches[0]!.findings[0]!;
    const again = fakeHost(stages);
    expect(await replayCommand(witness, { ...flags(), patch }, again.host)).toBe(0);
    expect(again.output()).toMatch(/^REPRODUCED {2}unlocked-entry-path in grab_mapping_entry\(\)\n/);
    const without = fakeHost(stages);
    expect(await replayCommand(witness, flags(), without.host)).toBe(3);
    expect(without.output()).toMatch(/^OTHER CODE/);
  });

  it('is answered by a mail that quotes its hunk and names no line of ours as a trailer', async () => {
    const { output } = await reviewed('email');
    expect(output).toContain('\nIn-Reply-To: <20260112090000.100-no-second-lookup@example.org>\n');
    expect(output).toContain('\nTo: A Developer <dev@example.org>\n');
    expect(output).toContain('> -\t\tentry = __radix_tree_lookup(&mapping->page_tree, index, NULL,');
    expect(output).not.toMatch(/^\s*[\w-]+-by:/m);
  });
});
