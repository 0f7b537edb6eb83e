import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../src/store/database.js';

const folder = mkdtempSync(join(tmpdir(), 'faultline-database-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is checked when a change is committed fails where a full disk does. */
const tables = `CREATE TABLE owner (id INTEGER PRIMARY KEY);
  CREATE TABLE thing (id INTEGER PRIMARY KEY, owner INTEGER REFERENCES owner (id) DEFERRABLE INITIALLY DEFERRED);
  INSERT INTO owner VALUES (1); INSERT INTO thing VALUES (1, 1);`;

test('a change whose commit fails throws, and says of one that does not how many rows it was', () => {
  const database = openDatabase(join(folder, 'db'), { id: 1, version: 1, tables, durable: true });
  database.run('PRAGMA foreign_keys = ON');
  expect(() => database.change('UPDATE thing SET owner = ?', 9)).toThrow(/constraint/i);
  expect(database.row('SELECT owner FROM thing')).toMatchObject({ owner: 1 });
  expect(database.change('UPDATE thing SET owner = ?', 1)).toBe(1);
  expect(database.change('UPDATE thing SET owner = ? WHERE id = ?', 1, 7)).toBe(0);
  database.close();
});

/** The first row of RETURNING is there before the commit: who takes it never hears that the commit failed. */
test('nothing is changed by a statement that answers with rows', () => {
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  expect(sources.length).toBeGreaterThan(100);
  const returning = sources.filter((file) =>
    /RETURNING [a-z*]/.test(readFileSync(join('src', file), 'utf8')),
  );
  expect(returning).toEqual([]);
});
