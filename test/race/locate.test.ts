import { expect, it } from 'vitest';
import { readBaseline } from '../../src/race/baseline.js';
import { compare } from '../../src/race/compare.js';
import { judge } from '../../src/race/judge.js';
import { sight } from '../../src/race/make-finding.js';
import { readCatalogue } from '../../src/race/read.js';

const file = 'fs/dax.c';

it('who sleeps for ever by what the patch changed where he sleeps is told of there, whatever others run later', () => {
  const race = readCatalogue().find((each) => each.id === 'dax-sync-passes-wakeup')!;
  const before = readBaseline(race.era);
  const text = before.files.get(file)!;
  // A smaller entry is waited for, at a key where nobody wakes.
  const check = 'if (order > dax_entry_order(entry))\n';
  const waits = 'if (order > dax_entry_order(entry) && !dax_is_locked(entry))\n';
  // Counted as changed, it is run by another thread when the sleeper sleeps already.
  const later = 'split_huge_pmd(vmf->vma, vmf->pmd, vmf->address);';
  const after = { ...before, files: new Map(before.files).set(file, text.replace(check, waits)) };
  const changed = [check, later].map((old) => {
    expect(text.split(old)).toHaveLength(2);
    return { file, line: text.slice(0, text.indexOf(old)).split('\n').length, present: true, hunkLine: 1 };
  });
  const source = () => undefined;
  const places = {
    before: changed,
    after: changed,
    sourceBefore: source,
    sourceAfter: source,
    onBaseline: true,
  };
  const [told] = compare(judge(race, before), judge(race, after)).map((one) => sight(one, places).finding);
  expect(told).toMatchObject({ status: 'introduced', rule: 'lost-wakeup' });
  expect(told!.location.function).toBe('get_unlocked_entry');
});
