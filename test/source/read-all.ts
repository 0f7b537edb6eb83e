import { isDeepStrictEqual } from 'node:util';
import type { Arrival, Cursor, Inbox } from '../../src/source/inbox.js';
import { openSource } from '../../src/source/open.js';
import { idOf } from './make-mail.js';

/** Opens a source as the command does, with little patience. */
export function openForTest(
  address: string,
  more: { password?: string; stdin?: Buffer; told?: string[]; tries?: number } = {},
): Promise<Inbox> {
  const { password, stdin, told = [], tries = 3 } = more;
  return openSource(address, {
    environment: password === undefined ? {} : { FAULTLINE_PASSWORD: password },
    stdin: (async function* () {
      if (stdin !== undefined) yield stdin;
    })(),
    patience: {
      firstMs: 10,
      mostMs: 50,
      tries,
      onTrouble: (line) => void told.push(line),
      signal: new AbortController().signal,
    },
  });
}

/** All that is behind a cursor. The cursor goes through JSON, as it does in the store. */
export async function readAll(inbox: Inbox, cursor?: Cursor): Promise<Arrival[]> {
  const kept = cursor === undefined ? undefined : (JSON.parse(JSON.stringify(cursor)) as Cursor);
  const arrivals: Arrival[] = [];
  for await (const arrival of inbox.read(kept)) {
    if (!isDeepStrictEqual(JSON.parse(JSON.stringify(arrival.cursor)), arrival.cursor))
      throw new Error('a cursor that JSON does not keep');
    arrivals.push(arrival);
  }
  return arrivals;
}

export function mailsIn(arrivals: Arrival[]): Buffer[] {
  return arrivals.flatMap((arrival) => (arrival.kind === 'mail' ? [arrival.raw] : []));
}

export function idsIn(arrivals: Arrival[]): string[] {
  return mailsIn(arrivals).map(idOf);
}
