import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSeries } from '../../src/change/read-series.js';
import { hunksAbout } from '../../src/code/hunks-about.js';
import type { Finding } from '../../src/finding/finding.js';
import { readMessages } from '../../src/mail/read.js';
import { packageRoot } from '../../src/root.js';
import { gatherSeries } from '../../src/series/gather.js';
import { finding, step } from '../report/sample.js';

async function patchOf(name: string) {
  const read = await readMessages(readFileSync(join(packageRoot, 'fixtures', `${name}.mbox`)));
  if ('problem' in read) throw new Error(read.problem);
  return readSeries(gatherSeries(read.messages))[0]!;
}

const told = (more: Partial<Finding>): Finding => ({ ...finding, trace: [], ...more });
const at = (file: string, line: number, hunkLine: number | null): Finding['location'] => {
  return { file, line, function: 'f', side: 'after', hunkLine };
};

describe('the hunks that a finding is about', async () => {
  const gate = await patchOf('page-cache-gate');
  const about = (finding: Finding) => hunksAbout({ patch: gate, files: gate.files }, finding);
  const lineOf = (text: string) => gate.text.split('\n').indexOf(text) + 1;

  it('are the one that it is told at, then those that its interleaving runs', () => {
    const opens = '+\t\t\tdropgate_lock(&cache_gate);';
    const trace = [step(1, 42, 'yield();', { file: 'mm/memory.c' })];
    const hunks = about(told({ location: at('mm/truncate.c', 109, lineOf(opens)), trace }));
    expect(hunks.map(({ file }) => file)).toEqual(['mm/truncate.c', 'mm/memory.c']);
    expect(hunks[0]!.lines[hunks[0]!.target]).toBe(opens);
    expect(hunks[1]!.lines).toContain('+\t\tyield();');
  });

  it('are the first of the patch where none is near, and none where the patch has nothing to do with it', () => {
    const far = told({ location: at('mm/filemap.c', 1, null) });
    expect(about(far).map(({ file }) => file)).toEqual(['include/linux/dropgate.h']);
    expect(about({ ...far, status: 'present' })).toEqual([]);
  });

  it('are bounded, whatever stands in the patch', () => {
    const [file] = gate.files;
    const [hunk] = file!.hunks;
    const line = { ...hunk!.lines[0]!, text: 'x'.repeat(10_000) };
    const long = { ...hunk!, lines: Array.from({ length: 500 }, (_, n) => ({ ...line, at: n })) };
    const patch = { ...gate, files: [{ ...file!, hunks: Array.from({ length: 40 }, () => long) }] };
    const hunks = hunksAbout({ patch, files: patch.files }, told({ location: at('x', 1, 250) }));
    expect(hunks).toHaveLength(3);
    expect(hunks[0]!.leftOut).toEqual({ before: 238, after: 237 });
    expect(JSON.stringify(hunks).length).toBeLessThan(20_000);
  });
});
