import type { Database } from './database.js';

/** Texts that took long to make. Losing one costs time and nothing else. */
export class Kept {
  constructor(private readonly database: Database) {}

  get(name: string, version: string): string | undefined {
    const row = this.database.row<{ text: string }>(
      'SELECT text FROM kept WHERE name = ? AND version = ?',
      name,
      version,
    );
    return row?.text;
  }

  put(name: string, version: string, text: string): void {
    this.database.run(
      `INSERT INTO kept (name, version, text) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET version = excluded.version, text = excluded.text`,
      ...[name, version, text],
    );
  }
}
