import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBaseline } from '../../src/race/baseline.js';
import { parseRace } from '../../src/race/parse-race.js';
import { packageRoot } from '../../src/root.js';
import { askedMutants } from './asked-mutants.js';
import { chosenMutants } from './chosen-mutants.js';
import { expectationOf, explained } from './expectations.js';
import { makeMutant } from './mutant.js';
import { isExpected } from './print.js';
import { runMutant } from './run-mutant.js';
import { Unmutated } from './unmutated.js';

const path = 'fs/dax.c';
const baseline = readBaseline('xarray');
const text = baseline.files.get(path)!;
const mutants = [...askedMutants, ...chosenMutants];

const races = ['dax-unlock-wakes', 'dax-write-unmaps-hole', 'dax-lock-inode-rcu'].map((id) => {
  const file = `rules/race/dax/${id}.c`;
  return parseRace(file, readFileSync(join(packageRoot, file), 'utf8'));
});

function run(name: string) {
  const mutant = mutants.find((one) => one.name === name)!;
  return runMutant(mutant, path, new Unmutated(baseline), races, false);
}

describe('the mutants', () => {
  it('have names of their own, and what is known of one belongs to one', () => {
    const names = mutants.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect([...explained].filter((name) => !names.includes(name))).toEqual([]);
  });

  it('that were asked for are sixteen, and all of them can be made of the baseline', () => {
    expect(askedMutants).toHaveLength(16);
    expect(askedMutants.filter((mutant) => 'refused' in makeMutant(text, mutant))).toEqual([]);
  });

  it('change what they are made of', () => {
    const same = mutants.filter((mutant) => {
      const made = makeMutant(text, mutant);
      return 'text' in made && made.text === text;
    });
    expect(same.map(({ name }) => name)).toEqual([]);
  });
});

describe('a run of a mutant', () => {
  it('tells rule, function, race, preemptions and switches of what it finds', () => {
    const found = run('unlock-wakes-nobody');
    expect(found.outcome).toBe('found');
    expect(found.shown).toMatchObject({
      rule: 'lost-wakeup',
      function: 'dax_unlock_entry',
      race: 'dax-unlock-wakes',
      switches: 2,
    });
    expect(found.shown?.witness).toMatch(/^1\.dax-unlock-wakes\.after\./);
  });

  it('finds nothing where nothing is wrong, and says how many races had a look', () => {
    const missed = run('unlock-wakes-all');
    expect(missed).toMatchObject({ outcome: 'missed', shown: null });
    expect(missed.notes[0]).toBe('3 races execute it');
  });

  it('that cannot be made says why', () => {
    const refused = run('writeback-wakes-nobody');
    const none = runMutant(
      { name: 'none', about: '', functions: ['no_such_function'], edits: [{ do: 'delete', call: 'x' }] },
      path,
      new Unmutated(baseline),
      races,
      false,
    );
    expect(refused.outcome).toBe('missed');
    expect(none).toMatchObject({ outcome: 'does-not-apply', notes: ['there is no no_such_function()'] });
  });
});

describe('what came of a mutant is expected', () => {
  const found = run('unlock-wakes-nobody');
  const missed = run('unlock-wakes-all');

  it('when it is found and nothing excuses it, or missed and something does', () => {
    expect(isExpected({ run: found, expected: expectationOf(found.mutant, text) })).toBe(true);
    expect(isExpected({ run: missed, expected: expectationOf(missed.mutant, text) })).toBe(true);
  });

  it('and not the other way round', () => {
    expect(isExpected({ run: found, expected: expectationOf(missed.mutant, text) })).toBe(false);
    expect(isExpected({ run: missed, expected: undefined })).toBe(false);
  });

  it('according to what the file uses, where that makes a difference', () => {
    expect(expectationOf('page-wait-exclusive', 'enum { WAKE_ALL };')?.outcome).toBe('equivalent');
    expect(expectationOf('page-wait-exclusive', 'enum { /* WAKE_ALL */ };')).toBeUndefined();
    expect(
      expectationOf('page-wait-exclusive', 'enum { WAKE_ALL }; int dax_lock_mapping_entry(void);'),
    ).toBeUndefined();
  });
});
