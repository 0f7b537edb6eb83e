import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../src/finding/check.js';
import type { Verdict } from '../../src/finding/verdict.js';
import { compareSeen } from '../../src/race/compare-seen.js';
import type { Race } from '../../src/race/race.js';
import { readCatalogue } from '../../src/race/read.js';

const [some] = readCatalogue();
const race = (id: string, rule: string, seen: string | null): Race => ({ ...some!, id, rule, seen });
const result = (verdict: Verdict, ...signatures: string[]): CheckResult => ({
  race: '',
  rule: '',
  verdict,
  rules: signatures.map((signature) => signature.split(' ')[0]!),
  signatures,
  bound: 'complete',
  states: 1,
  location: null,
  why: [],
  assumptions: [],
  witness: null,
});
const wakeup = race('a', 'lost-wakeup', 'v4.10..v4.12');
const guard = race('b', 'wrong-entry', null);
const differences = (a: CheckResult, b: CheckResult, version = '4.11.0') =>
  compareSeen(version, [wakeup, guard], [a, b]).map(({ race: id, what }) => `${id}: ${what}`);

describe('the catalogue and a run', () => {
  it('agree where a race is seen in its range and nowhere else', () => {
    expect(differences(result('violated', 'lost-wakeup - f'), result('holds'))).toEqual([]);
    expect(differences(result('holds'), result('holds'), '4.13.0')).toEqual([]);
  });

  it('disagree where a race of the range holds, or shows something else only', () => {
    const gone = 'a: the catalogue says that it was there, and it holds';
    expect(differences(result('holds'), result('holds'))).toEqual([gone]);
    const other = 'a: the catalogue says that it was there, and only null-dereference is seen';
    expect(differences(result('violated', 'null-dereference - f'), result('holds'))).toEqual([other]);
  });

  it('disagree where something is seen that no entry knows of that version', () => {
    const strange = 'a: no entry says that this was there: lost-wakeup - f';
    expect(differences(result('violated', 'lost-wakeup - f'), result('holds'), '5.0')).toEqual([strange]);
  });

  it('agree where an entry only meets what another one has as its own', () => {
    const both = result('violated', 'lost-wakeup - f');
    expect(differences(both, both)).toEqual([]);
    expect(differences(both, result('violated', 'lost-wakeup - g'))).toEqual([
      'b: no entry says that this was there: lost-wakeup - g',
    ]);
  });

  it('say nothing of what could not be judged', () => {
    expect(differences(result('absent'), result('not-analysed'))).toEqual([]);
  });

  it('are not compared where the version is not known', () => {
    expect(differences(result('holds'), result('holds'), 'my-tree')).toEqual([]);
  });
});
