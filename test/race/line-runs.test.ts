import { describe, expect, it } from 'vitest';
import type { ChangedLine } from '../../src/code/changed-lines.js';
import type { Finding } from '../../src/finding/finding.js';
import { readBaseline } from '../../src/race/baseline.js';
import { isRunBy, type LineRun, unrunLines } from '../../src/race/line-runs.js';
import { notAnalysed } from '../../src/race/not-analysed.js';
import { readCatalogue } from '../../src/race/read.js';
import { replayRace } from '../../src/race/replay-race.js';
import { finding } from '../report/sample.js';

const race = readCatalogue().find(({ id }) => id === 'dax-pmd-insert-race')!;
const before = readBaseline(race.era);
const file = 'fs/dax.c';

/** What is told of a patch of grab_mapping_entry() that puts another line in place of one that is there once. */
function toldOf(old: string, now: string, findings: Finding[] = []): string[] {
  const text = before.files.get(file)!;
  expect(text.split(old)).toHaveLength(2);
  const after = { ...before, files: new Map(before.files).set(file, text.replace(old, now)) };
  const line = text.slice(0, text.indexOf(old)).split('\n').length;
  const changed: ChangedLine[] = [{ file, line, present: true, hunkLine: 1 }];
  const touched = [{ file, name: 'grab_mapping_entry', only: undefined }];
  const replayed = replayRace(
    race,
    { before, after, touched, changed: { before: changed, after: changed } },
    { config: new Map(), full: false },
  );
  return notAnalysed(touched, [replayed!], 'scenario', findings).map(({ what, why }) => `${what}: ${why}`);
}

it('a function is told as not executed by what was asked for, where not all was', () => {
  const touched = [{ file, name: 'nobody', only: undefined }];
  const told = notAnalysed(touched, [], 'scenario that was asked for');
  expect(told).toEqual([{ what: 'nobody()', why: 'no scenario that was asked for executes it' }]);
});

describe('lines that a patch changes in a function that races run', () => {
  it('are told where no race comes to them: the ends for errors', () => {
    const [told, ...more] = toldOf(
      '\t\tput_locked_mapping_entry(mapping, index, entry);\n\tif (err)',
      '\t\t;\n\tif (err)',
    );
    expect(told).toMatch(
      /^grab_mapping_entry\(\), before the patch line \d+: what the patch changes there was not executed$/,
    );
    expect(more).toEqual([]);
  });

  it('are told where they ask something that no race answers in another way', () => {
    const [told, ...more] = toldOf(
      '\tif (err)\n\t\treturn ERR_PTR(err);',
      '\tif (err > 0)\n\t\treturn ERR_PTR(err);',
    );
    expect(told).toMatch(
      /^grab_mapping_entry\(\), line (\d+), before the patch line \1: what is asked there had always the same answer: /,
    );
    expect(more).toEqual([]);
  });

  it('are not told once more where a finding tells of them', () => {
    const change = [
      '\tif (err)\n\t\treturn ERR_PTR(err);',
      '\tif (err > 0)\n\t\treturn ERR_PTR(err);',
    ] as const;
    const line = Number(/line (\d+)/.exec(toldOf(...change)[0]!)![1]);
    const at = (status: Finding['status'], of: number): Finding => {
      return {
        ...finding,
        status,
        location: { ...finding.location, function: 'grab_mapping_entry', line: of },
      };
    };
    expect(toldOf(...change, [at('introduced', line)])).toEqual([]);
    expect(toldOf(...change, [at('introduced', line + 1), at('present', line)])).toHaveLength(1);
  });

  it('are not told where one does', () => {
    expect(toldOf('\tmapping->nrexceptional++;\nout_unlock:', '\t;\nout_unlock:')).toEqual([]);
  });
});

describe('what is told of them', () => {
  const run = (line: number, ran: boolean) => ({ function: 'f', line, ran, leads: [], led: [] });

  it('leaves out what any race has run, and names those that follow each other as one', () => {
    const first = { before: [], after: [run(4, true), run(5, false), run(6, false), run(9, false)] };
    const second = { before: [run(3, false)], after: [run(4, false), run(6, false), run(7, false)] };
    expect(unrunLines(['f', 'g'], [first, second]).map(({ what }) => what)).toEqual([
      'f(), lines 5-7 and 9, before the patch line 3',
    ]);
  });

  it('has questions of which all races together know one answer', () => {
    const asks = (line: number, led: number[]): LineRun => ({ ...run(line, true), leads: [8, 9], led });
    const first = { before: [asks(4, [8])], after: [asks(4, [9]), asks(5, [9])] };
    const second = { before: [asks(4, [8])], after: [asks(4, [8]), asks(5, [9])] };
    expect(unrunLines(['f'], [first, second])).toEqual([
      {
        what: 'f(), line 5, before the patch line 4',
        why: 'what is asked there had always the same answer: what another leads to was not executed',
      },
    ]);
  });

  it('does not say of a question that it leads to a changed line which is told by itself', () => {
    const asks: LineRun = { ...run(5, true), leads: [6, 9], led: [9] };
    const told = unrunLines(['f'], [{ before: [], after: [asks, run(6, false)] }]);
    expect(told.map(({ what, why }) => `${what}: ${why}`)).toEqual([
      'f(), line 6: what the patch changes there was not executed',
    ]);
  });
});

describe('whether races come to a place', () => {
  const at = (line: number, ran: boolean): LineRun => ({
    ...{ function: 'grab_mapping_entry', line, ran },
    ...{ leads: [], led: [] },
  });
  const changed: ChangedLine[] = [7, 8].map((line) => ({ file, line, present: true, hunkLine: 1 }));
  const place = { file, function: 'grab_mapping_entry', line: 7 };
  const asked = (after: LineRun[], before: LineRun[] = [], line = 7) =>
    isRunBy([{ after, before, functions: ['grab_mapping_entry'] }], changed)({ ...place, line });

  it('is so where they ran all that is changed in the function', () => {
    expect(asked([at(7, true)])).toBe(true);
    expect(asked([at(7, false)])).toBe(false);
    expect(asked([at(7, true), at(8, false)])).toBe(false);
    expect(asked([at(7, true)], [at(6, false)])).toBe(false);
  });

  it('is not so of a line that leaves no code in the model, and is of one that nobody changes', () => {
    expect(asked([at(7, true)], [], 8)).toBe(false);
    expect(asked([at(7, true)], [], 20)).toBe(true);
  });

  it('is not so of a function that none of them runs', () => {
    expect(isRunBy([{ after: [], before: [], functions: [] }], [])(place)).toBe(false);
  });
});
