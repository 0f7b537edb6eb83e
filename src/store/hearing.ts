import type { Database } from './database.js';
import { unpack } from './pack.js';

/** A mail that may be meant for us. */
export interface Heard {
  /** Its place in the order of coming. */
  place: number;
  raw: Buffer;
}

interface Row {
  id: number;
  bytes: Buffer;
  packed: number;
}

/** Mails that answer ours, or came to no list: each is listened to once. */
export class Hearing {
  constructor(private readonly database: Database) {}

  /** The next ones, in the order of coming. `prefix`: what all Message-IDs of ours begin with. */
  next(prefix: string, most: number): Heard[] {
    const rows = this.database.rows<Row>(
      `SELECT copy.id AS id, copy.bytes AS bytes, copy.packed AS packed FROM copy JOIN message ON message.id = copy.message
       WHERE copy.id > ? AND message.kind IN ('reply', 'other')
         AND (substr(message.parent, 1, ?) = ? OR NOT EXISTS (SELECT 1 FROM list WHERE list.message = message.id))
       ORDER BY copy.id LIMIT ?`,
      this.mark(),
      prefix.length,
      prefix,
      most,
    );
    return rows.map(({ id, bytes, packed }) => ({ place: id, raw: unpack(bytes, packed === 1) }));
  }

  /** Everything up to that place was listened to. */
  heard(place: number): void {
    this.database.run(
      "INSERT INTO mark (name, value) VALUES ('hearing', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
      place,
    );
  }

  private mark(): number {
    return this.database.row<{ value: number }>("SELECT value FROM mark WHERE name = 'hearing'")?.value ?? 0;
  }
}
