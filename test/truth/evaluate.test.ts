import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { evaluateCommand } from '../../src/command/evaluate.js';
import { stages } from '../../src/command/stages.js';
import type { TruthTable } from '../../src/finding/truth.js';
import { scratchFolder } from '../change/scratch.js';
import { fakeHost, flags } from '../cli/host.js';
import { makeCases } from './make-cases.js';

const schema = new URL('../../src/report/schema/evaluate.json', import.meta.url);
const validate = new Ajv2020({ allowUnionTypes: true }).compile(JSON.parse(readFileSync(schema, 'utf8')));

async function evaluated(folder: string, format = 'json') {
  const { host, output, said } = fakeHost(stages);
  const race = ['dax-unlock-wakes', 'dax-pmd-insert-race'];
  const code = await evaluateCommand(folder, flags({ race, format }), host);
  return { code, output: output(), said: said() };
}

/** The fixture's cases in a folder of one's own, which may be spoilt. */
function made(): string {
  const folder = scratchFolder();
  makeCases(folder);
  return folder;
}

function describeCase(folder: string, id: string, more: object): void {
  const file = join(folder, id, 'case.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...more }));
}

test('the synthetic cases come out as they were made, by a document that its schema accepts', async () => {
  const { code, output, said } = await evaluated(made());
  const table = JSON.parse(output) as TruthTable;
  validate(table);
  expect(validate.errors).toBeNull();
  expect(table.races).toEqual({ total: 2, introduced: 2, fixed: 2 });
  expect(table.benign).toEqual({ total: 1, falseAlarms: 0 });
  expect(table.cases.map(({ id, rule }) => [id, rule])).toEqual([
    ['rename-a-local', null],
    ['second-lookup', 'unlocked-entry-path'],
    ['wake-at-unlock', 'lost-wakeup'],
  ]);
  expect({ code, said }).toEqual({ code: 0, said: '' });
});

test('cases that say something untrue fail, each with its reason', async () => {
  const folder = made();
  describeCase(folder, 'wake-at-unlock', { functions: ['dax_lock_page'] });
  describeCase(folder, 'second-lookup', { kind: 'benign' });
  const { code, output } = await evaluated(folder, 'text');
  expect(code).toBe(1);
  const text = output.replace(/ +\d+\.\d s/g, ' N s');
  expect(text).toMatch(/^FAIL {2}wake-at-unlock {2}missed +missed N s$/m);
  // Which race shows it first changes with the catalogue.
  expect(text.replace(/\s+/g, ' ')).toMatch(
    /reverse: introduced: lost-wakeup in dax_unlock_entry\(\) \(dax-[\w-]+\)/,
  );
  expect(text).toMatch(
    /^FAIL {2}second-lookup +false-alarm +clean +N s {2}unlocked-entry-path in grab_mapping_entry\(\)$/m,
  );
  expect(text).toMatch(/1 race: 0 introduced in reverse, 0 fixed forward\. {2}2 benign: 1 false alarm\./);
});

test('a case that is not graded is shown and not counted', async () => {
  const folder = made();
  describeCase(folder, 'wake-at-unlock', { functions: ['dax_lock_page'], graded: false });
  const { code, output } = await evaluated(folder);
  const table = JSON.parse(output) as TruthTable;
  expect(code).toBe(0);
  expect(table.races.total).toBe(1);
  expect(table.cases).toHaveLength(3);
});

test('a broken case is one clear line, and the rest goes on', async () => {
  const folder = made();
  const swap = join(folder, 'second-lookup');
  renameSync(join(swap, 'pre'), join(swap, 'x'));
  renameSync(join(swap, 'post'), join(swap, 'pre'));
  renameSync(join(swap, 'x'), join(swap, 'post'));
  writeFileSync(join(folder, 'rename-a-local', 'case.json'), '{"kind": "harmless"}');
  const { code, output, said } = await evaluated(folder);
  expect(code).toBe(1);
  expect((JSON.parse(output) as TruthTable).cases.map(({ id }) => id)).toEqual(['wake-at-unlock']);
  expect(said).toMatch(
    /^faultline: rename-a-local is no case: case\.json: "kind" is neither "race" nor "benign"\nfaultline: second-lookup is no case: fs\/dax\.c[^\n]+\n$/,
  );
});

test('a folder without cases has no answer', async () => {
  const folder = made();
  for (const id of ['rename-a-local', 'second-lookup', 'wake-at-unlock'])
    rmSync(join(folder, id), { recursive: true });
  expect(await evaluated(folder)).toMatchObject({ code: 3, output: '' });
  expect((await evaluated(join(folder, 'nowhere'))).said).toMatch(/there is no such folder\n$/);
});
