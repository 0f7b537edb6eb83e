import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/finding/outcome.js';
import { openDatabase } from '../../src/store/database.js';
import { type Ledger, openLedger } from '../../src/store/ledger.js';
import { layout } from '../../src/store/schema.js';
import { pageLength } from '../../src/store/shelf.js';
import { finding, patch, review, reviewOf } from '../report/sample.js';

const reviewed: Outcome = { outcome: 'reviewed', report: review };

describe('the shelf of all series', () => {
  let folder: string;
  let ledger: Ledger;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-shelf-'));
    ledger = openLedger(join(folder, 'mail.db'));
  });

  afterEach(() => {
    ledger.close();
    rmSync(folder, { recursive: true });
  });

  const plan = (id: string, subject: string, sender = 'dev@example.org') =>
    ledger.reviews.plan(
      {
        id,
        messageId: `${id}@example.org`,
        version: 1,
        subject,
        sender,
        lists: [],
        words: [],
        arrivedMs: 1_700_000_000_000,
      },
      [],
      [],
    );
  const ids = (words: string, more = {}) => ledger.shelf.list({ words, ...more }).entries.map(({ id }) => id);

  it('says of each series how it stands, and why', () => {
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) plan(id, `dax: ${id}`);
    ledger.reviews.finish('a', reviewed, 1);
    ledger.reviews.finish('b', { outcome: 'refused', why: 'it does not apply' }, 1);
    ledger.reviews.finish('c', { outcome: 'not-analysed', limit: 'time', why: 'ten minutes were over' }, 1);
    ledger.reviews.supersede('d');
    const fixed = reviewOf({ ...patch, findings: [{ ...finding, status: 'fixed' }] });
    ledger.reviews.finish('e', { outcome: 'reviewed', report: fixed }, 1);
    expect(ledger.shelf.list({}).entries).toMatchObject([
      { id: 'f', stand: 'waiting' },
      { id: 'e', stand: 'fixed', reason: 'unlocked-entry-path in claim_slot()' },
      { id: 'd', stand: 'superseded' },
      { id: 'c', stand: 'not-analysed', reason: 'time: ten minutes were over' },
      { id: 'b', stand: 'refused', reason: 'it does not apply' },
      { id: 'a', stand: 'introduced', reason: 'unlocked-entry-path in claim_slot()' },
    ]);
    ledger.reviews.again('a');
    expect(ledger.shelf.list({ stand: 'waiting' }).entries.map(({ id }) => id)).toEqual(['f', 'a']);
    expect(ledger.shelf.counts()).toMatchObject({ waiting: 2, fixed: 1, refused: 1 });
  });

  it('never calls clear what was not executed', () => {
    const report = reviewOf({
      ...patch,
      findings: [],
      replays: [],
      notAnalysed: [{ what: 'dax_fault()', why: 'no scenario calls it' }],
    });
    plan('a', 'dax: a');
    ledger.reviews.finish('a', { outcome: 'reviewed', report }, 1);
    expect(ledger.shelf.list({}).entries).toMatchObject([
      { stand: 'not-analysed', reason: 'dax_fault(): no scenario calls it' },
    ]);
  });

  it('finds words by their beginnings, and takes nothing that is typed for syntax', () => {
    plan('a', 'dax: drop the lookup in grab_mapping_entry()');
    plan('b', 'xarray: store in one go', 'Somebody Else <else@example.org>');
    expect(ids('GRAB_map')).toEqual(['a']);
    expect(ids('else xarr')).toEqual(['b']);
    expect(ids('b@example')).toEqual(['b']);
    expect(ids('"* OR NEAR( ) subject:')).toEqual([]);
    expect(ids('"*(')).toEqual(['b', 'a']);
    expect(ids("'; DROP TABLE shelf; --")).toEqual([]);
    expect(ids('w'.repeat(100_000))).toEqual([]);
  });

  it('turns pages in both directions', () => {
    const count = 2 * pageLength + 10;
    for (let n = 0; n < count; n++) plan(`s${n}`, `dax: part ${n}`);
    const first = ledger.shelf.list({ words: 'dax' });
    expect([first.entries[0]!.id, first.newer]).toEqual([`s${count - 1}`, null]);
    const second = ledger.shelf.list({ words: 'dax', before: first.older! });
    const third = ledger.shelf.list({ before: second.older! });
    expect([third.entries.length, third.entries.at(-1)!.id, third.older]).toEqual([10, 's0', null]);
    const back = ledger.shelf.list({ words: 'dax', after: second.newer! });
    expect(back).toEqual({ ...first, older: back.entries.at(-1)!.place });
  });

  it('goes on behind many that are not shown, in both directions', () => {
    const hidden = 20 * pageLength;
    for (let n = 0; n < hidden + 2; n++) plan(`s${n}`, `dax: part ${n}`);
    const isShown = ({ id }: { id: string }) => id === 's0' || id === `s${hidden + 1}`;
    const first = ledger.shelf.list({}, isShown);
    expect(first.entries.map(({ id }) => id)).toEqual([`s${hidden + 1}`]);
    expect(first.older).not.toBeNull();
    const seen: string[] = [];
    let before = first.older;
    for (let turn = 0; before !== null && turn < 9; turn++) {
      const page = ledger.shelf.list({ before }, isShown);
      seen.push(...page.entries.map(({ id }) => id));
      before = page.older;
    }
    expect([seen, before]).toEqual([['s0'], null]);
    let after: number | null = ledger.shelf.one('s0')!.place;
    for (let turn = 0; after !== null && turn < 9; turn++) {
      const page = ledger.shelf.list({ after }, isShown);
      seen.push(...page.entries.map(({ id }) => id));
      after = page.newer;
    }
    expect([seen, after]).toEqual([['s0', `s${hidden + 1}`], null]);
  });

  it('takes in what a store held before it had a shelf', () => {
    plan('a', 'dax: a');
    plan('b', 'dax: b');
    ledger.reviews.finish('a', reviewed, 1);
    const before = ledger.shelf.list({}).entries.map(({ id, stand }) => [id, stand]);
    ledger.close();
    const database = openDatabase(join(folder, 'mail.db'), layout);
    database.run('DROP TABLE shelf');
    database.run('DROP TABLE shelfText');
    database.close();
    ledger = openLedger(join(folder, 'mail.db'));
    expect(new Map(ledger.shelf.list({}).entries.map(({ id, stand }) => [id, stand]))).toEqual(
      new Map(before as [string, never][]),
    );
    expect(ids('dax').sort()).toEqual(['a', 'b']);
  });
});
