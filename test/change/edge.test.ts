import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { applySeries } from '../../src/change/apply-series.js';
import { blobId } from '../../src/change/blob-id.js';
import { whyNotKernel } from '../../src/change/not-kernel.js';
import { openTree } from '../../src/change/open-tree.js';
import { fatalProblem, type Patch } from '../../src/change/patch.js';
import { readPatch } from '../../src/change/read-patch.js';
import { readMessages } from '../../src/mail/read.js';
import { packageRoot } from '../../src/root.js';
import { describeSeries, whyEmpty } from '../../src/series/describe.js';
import { gatherSeries } from '../../src/series/gather.js';

const folder = join(packageRoot, 'fixtures', 'edge');
const tree = await openTree(join(folder, 'kernel'));
if ('problem' in tree) throw new Error(tree.problem);
afterAll(() => tree.close());

function filesOf(patch: Patch) {
  return patch.files.map(({ kind, oldPath, newPath, hunks }) => ({
    kind,
    oldPath,
    newPath,
    hunks: hunks.length,
  }));
}

/** What becomes of a series whose patches can be read: which files it leaves, or why it does not apply. */
async function applied(patches: Patch[]) {
  if (patches.length === 0 || patches.some((patch) => fatalProblem(patch))) return null;
  const changes = await applySeries(patches, [tree as Exclude<typeof tree, { problem: string }>]);
  return changes.map(({ why, after, patch }) => ({
    why: why?.replaceAll(folder, '') ?? null,
    repairs: patch.repairs,
    // White space that nobody knows any more must not make two results of one.
    after: Object.fromEntries(
      [...after].map(([path, text]) => [
        path,
        [blobId(Buffer.from(text)), blobId(Buffer.from(text.replace(/\s+/g, '')))],
      ]),
    ),
  }));
}

async function outcomeOf(input: Buffer) {
  const read = await readMessages(input);
  if ('problem' in read) return read;
  const series = gatherSeries(read.messages);
  const patches = series.patches.map(readPatch);
  return {
    series: describeSeries(
      series,
      patches.flatMap(({ repairs }) => repairs),
      whyNotKernel(series, patches),
    ),
    date: series.patches[0]?.date ?? null,
    empty: whyEmpty(series) ?? null,
    patches: patches.map((patch) => ({
      subject: patch.message.subject,
      problem: fatalProblem(patch)?.reason ?? null,
      repairs: patch.repairs,
      baseCommit: patch.baseCommit ?? null,
      prerequisites: patch.prerequisites,
      files: filesOf(patch),
    })),
    applied: await applied(patches),
  };
}

const names = readdirSync(folder).filter((name) => /\.(eml|mbox|txt)$/.test(name));

describe('mail as it arrives', () => {
  it.each(names)('%s', async (name) => {
    const outcome = `${JSON.stringify(await outcomeOf(readFileSync(join(folder, name))), null, 2)}\n`;
    const expected = join(folder, `${name}.expected.json`);
    if (process.env.UPDATE) writeFileSync(expected, outcome);
    expect(outcome).toBe(readFileSync(expected, 'utf8'));
  });

  it('has an expected outcome for each and for nothing else', () => {
    const wanted = names.map((name) => `${name}.expected.json`);
    expect(wanted.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
    expect(
      readdirSync(folder).filter((name) => name.endsWith('.expected.json') && !wanted.includes(name)),
    ).toEqual([]);
  });

  it('of every case of the list is here', () => {
    const numbers = new Set(names.map((name) => Number.parseInt(name, 10)));
    for (let number = 1; number <= 27; number++) expect(numbers).toContain(number);
  });
});
