import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Account } from './address.js';
import { ByteReader } from './byte-reader.js';
import { withPlainLineEnds } from './line-end.js';
import { SourceFailure } from './source-failure.js';

const timeoutMs = 60_000;
/** RFC 3977 allows 512 bytes for the first line of an answer. */
const mostLine = 4096;
const lineEnd = Buffer.from('\r\n');
const endOfText = Buffer.from('\r\n.\r\n');

export interface Reply {
  code: number;
  text: string;
}

/** A conversation with a news server, one line at a time. */
export class NntpConnection {
  private readonly reader: ByteReader;

  private constructor(
    private readonly socket: Socket,
    private readonly name: string,
  ) {
    this.reader = new ByteReader(socket as AsyncIterable<Buffer>);
  }

  static async open({ host, port, secure, name }: Account): Promise<NntpConnection> {
    const socket = secure ? connectTls({ host, port, servername: host }) : connectPlain({ host, port });
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('no answer within a minute')));
    await new Promise<void>((resolve, reject) => {
      socket.once(secure ? 'secureConnect' : 'connect', resolve);
      socket.once('error', (cause: NodeJS.ErrnoException) =>
        reject(new SourceFailure('lost', `${name}: ${cause.code ?? cause.message}`, { cause })),
      );
    });
    // Later faults show where the answer is awaited.
    socket.on('error', () => {});
    const connection = new NntpConnection(socket, name);
    const greeting = await connection.reply();
    if (greeting.code !== 200 && greeting.code !== 201) throw connection.unexpected(greeting);
    return connection;
  }

  /** Sends lines without waiting for their answers. Nothing of a stranger may bring a line break in. */
  send(...lines: string[]): void {
    if (lines.some((line) => /[\r\n\0]/.test(line))) throw new Error('a line break within a command');
    this.socket.write(lines.map((line) => `${line}\r\n`).join(''));
  }

  async reply(): Promise<Reply> {
    const line = (await this.reader.line(mostLine))?.toString('latin1');
    if (line === undefined) throw new SourceFailure('lost', `${this.name}: the connection was closed`);
    const match = /^(\d{3})(?: (.*?))?\r?$/.exec(line);
    if (!match) throw new SourceFailure('damaged', `${this.name}: this is no news server`);
    return { code: Number(match[1]), text: match[2] ?? '' };
  }

  /** The text behind an answer; undefined when it has more than `most` bytes. */
  async text(most: number): Promise<Buffer | undefined> {
    // The line end of the answer counts as the one before a text's only line, which is the dot.
    const text = await this.reader.until(endOfText, most, lineEnd);
    if (text === undefined) return undefined;
    const lines = text
      .subarray(lineEnd.length)
      .toString('latin1')
      .replace(/(^|\n)\.\./g, '$1.');
    return withPlainLineEnds(Buffer.from(lines === '' ? '' : `${lines}\r\n`, 'latin1'));
  }

  unexpected({ code, text }: Reply): SourceFailure {
    const kind = code === 400 || code === 403 ? 'lost' : 'refused';
    return new SourceFailure(kind, `${this.name}: ${code} ${text.slice(0, 200)}`);
  }

  close(): void {
    this.socket.destroy();
  }
}
