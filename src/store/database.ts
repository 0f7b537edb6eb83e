import Libsql from 'libsql';

export type Value = string | number | Buffer | null;

/** SQL with its parameters. libsql ends the process when its only parameter is a Buffer: it gets arrays only. */
export class Database {
  private readonly statements = new Map<string, Libsql.Statement>();

  constructor(private readonly connection: Libsql.Database) {}

  private statement(sql: string): Libsql.Statement {
    const known = this.statements.get(sql) ?? this.connection.prepare(sql);
    this.statements.set(sql, known);
    return known;
  }

  row<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.statement(sql).get(values) as Row | undefined;
  }

  rows<Row>(sql: string, ...values: Value[]): Row[] {
    return this.statement(sql).all(values) as Row[];
  }

  /** Answers the id of the row that was inserted. */
  insert(sql: string, ...values: Value[]): number {
    return Number(this.statement(sql).run(values).lastInsertRowid);
  }

  run(sql: string, ...values: Value[]): void {
    this.statement(sql).run(values);
  }

  /**
   * Answers how many rows it changed. Not by RETURNING: the first row comes before the commit, and when that fails,
   * as on a full disk, nobody hears of it.
   */
  change(sql: string, ...values: Value[]): number {
    return this.statement(sql).run(values).changes;
  }

  /** All of it or nothing, whenever the process ends. */
  atOnce<Result>(work: () => Result): Result {
    this.run('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      try {
        this.run('ROLLBACK');
      } catch {
        // On a full disk SQLite has done so itself; what is told is why.
      }
      throw error;
    }
  }

  /** Differs when something was written meanwhile, by us or by another process. */
  revision(): string {
    const own = this.row<{ n: number }>('SELECT total_changes() AS n')!.n;
    const foreign = this.row<{ data_version: number }>('PRAGMA data_version')!.data_version;
    return `${own}.${foreign}`;
  }

  close(): void {
    this.statements.clear();
    this.connection.close();
  }
}

/** Whether something failed since the database did, as on a full disk: it can be done again later. */
export function isDatabaseFailure(error: unknown): boolean {
  return String((error as { code?: unknown } | null)?.code).startsWith('SQLITE_');
}

/** The tables of a file, and whose file it is. */
export interface Layout {
  /** `application_id` of SQLite. */
  id: number;
  /** Raised with every change of the tables. */
  version: number;
  tables: string;
  /**
   * After a crash of the machine nothing that was committed is missing. Without it the last commits may be, never
   * half of one.
   */
  durable: boolean;
}

function numberOf(connection: Libsql.Database, pragma: string): number {
  const row = connection.prepare(`PRAGMA ${pragma}`).get([]) as Record<string, number>;
  return row[pragma] ?? 0;
}

/** Makes the tables in a new file; throws for the file of another program or version. */
function prepare(connection: Libsql.Database, { id, version, tables, durable }: Layout): void {
  // Readers go on while one writes.
  connection.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durable ? 'FULL' : 'NORMAL'}; PRAGMA cache_size = -16000;`,
  );
  const owner = numberOf(connection, 'application_id');
  const found = numberOf(connection, 'user_version');
  if (owner === id && found === version) return;
  const known = connection.prepare('SELECT count(*) AS n FROM sqlite_schema').get([]) as { n: number };
  if (owner === id) throw new Error(`it has version ${found}; this Faultline reads ${version}`);
  if (known.n > 0) throw new Error('it is the database of another program');
  connection.exec(
    `BEGIN IMMEDIATE; ${tables} PRAGMA user_version = ${version}; PRAGMA application_id = ${id}; COMMIT;`,
  );
}

/** Opens a database file or makes one. Throws an `Error` whose message says in one line what is wrong. */
export function openDatabase(file: string, layout: Layout): Database {
  let connection: Libsql.Database;
  try {
    connection = new Libsql(file, { timeout: 10_000 });
    prepare(connection, layout);
  } catch (cause) {
    throw new Error(`${file}: ${(cause as Error).message.split('\n')[0]}`, { cause });
  }
  return new Database(connection);
}
