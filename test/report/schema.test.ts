import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { catalogueDocument } from '../../src/report/catalogue.js';
import { jsonDocument, jsonReport } from '../../src/report/json.js';
import { finding, patch, review, reviewOf } from './sample.js';

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });

function problemsOf(name: string, document: unknown): unknown {
  const url = new URL(`../../src/report/schema/${name}.json`, import.meta.url);
  const schema = JSON.parse(readFileSync(url, 'utf8')) as { $id: string };
  const validate = ajv.getSchema(schema.$id) ?? ajv.compile(schema);
  return validate(document) ? [] : validate.errors;
}

const result = {
  race: 'r',
  rule: 'lost-wakeup',
  verdict: 'violated',
  rules: ['lost-wakeup'],
  signatures: ['s'],
  bound: 'complete',
  states: 3,
  location: { file: 'fs/dax.c', line: 3, function: 'f' },
  why: [],
  assumptions: [],
  witness: 'w',
};
const entry = {
  id: 'x',
  title: 't',
  rule: 'r',
  seen: null,
  introduced: null,
  fixed: null,
  link: null,
  advice: null,
  prose: '',
  file: 'f',
};

describe('the published schemas', () => {
  it('accept what the reporters write', () => {
    expect(problemsOf('review', JSON.parse(jsonReport(review).output))).toEqual([]);
    expect(problemsOf('check', { version: 1, tree: 't', results: [result] })).toEqual([]);
    const tested = { id: 'x', broken: 'violated', repaired: 'holds', ok: true };
    expect(problemsOf('selftest', { version: 1, entries: [tested] })).toEqual([]);
    const excerpt = { file: 'f', header: '@@', lines: ['-x'], target: 0, leftOut: { before: 0, after: 2 } };
    const shown = reviewOf({ ...patch, findings: [{ ...finding, hunks: [excerpt] }] });
    expect(problemsOf('review', JSON.parse(jsonReport(shown).output))).toEqual([]);
    const replayed = { version: 1, witness: 'w', outcome: 'reproduced', finding, why: [] };
    expect(problemsOf('replay', replayed)).toEqual([]);
    const cell = { verdict: 'violated', rules: ['r'], bound: null, why: [] };
    const row = { race: 'r', rule: 'r', title: 't', seen: null, cells: [cell] };
    const other = { race: 'r', version: 'v', seen: 'v5', verdict: 'holds', what: 'w' };
    const kernels = [{ tree: 't', version: 'v', problem: null }];
    const byKernel = { version: 1, trees: kernels, rows: [row], disagreements: [other] };
    expect(problemsOf('matrix', byKernel)).toEqual([]);
    const one = {
      ...{ id: 'x', kind: 'race', graded: true, forward: 'fixed', reverse: 'missed' },
      ...{ rule: null, function: null, seconds: 0.1, ok: false, why: ['w'] },
    };
    const races = { total: 1, introduced: 0, fixed: 1 };
    const table = { version: 1, races, benign: { total: 0, falseAlarms: 0 }, notAnalysed: 0 };
    expect(problemsOf('evaluate', { ...table, cases: [one], broken: [{ id: 'y', why: 'w' }] })).toEqual([]);
    const cover = { function: 'f', line: 1, lowered: true, modelled: false, races: [], why: null };
    const covers = { version: 1, target: 't', files: [{ file: 'f', functions: [cover], problems: [] }] };
    expect(problemsOf('covers', covers)).toEqual([]);
    const more = { ...entry, text: 'not published' };
    expect(problemsOf('catalogue', JSON.parse(jsonDocument(catalogueDocument([more]))))).toEqual([]);
  });

  it('refuse a list that is missing, a property nobody published and a word nobody defined', () => {
    const [first] = review.patches;
    const { touched: _, ...without } = first!;
    expect(problemsOf('review', { ...review, patches: [without] })).not.toEqual([]);
    expect(problemsOf('review', { ...review, extra: 1 })).not.toEqual([]);
    expect(
      problemsOf('check', { version: 1, tree: 't', results: [{ ...result, verdict: 'fine' }] }),
    ).not.toEqual([]);
    const wrong = { ...first!, findings: [{ ...finding, trace: [{ step: 1 }] }] };
    expect(problemsOf('review', { ...review, patches: [wrong] })).not.toEqual([]);
  });
});
