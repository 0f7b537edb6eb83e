import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SourceFailure } from './source-failure.js';

/** Bounds on what a server may make of one question. */
const mostRedirects = 5;
const timeoutMs = 300_000;

const agent = 'faultline';

export interface Answer {
  status: number;
  /** The server's clock in milliseconds since 1970; undefined when it does not say. */
  date: number | undefined;
  /** What it answers, unpacked when it came as a gzip file. Throws when it grows beyond the limit. */
  body: AsyncIterable<Buffer>;
}

/** A web address that may be asked. Throws for everything else that an address can be. */
export function webAddress(text: string): URL {
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new SourceFailure('refused', `${text}: this is no address`, { cause });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new SourceFailure('refused', `${url.protocol}: only http and https are asked`);
  return url;
}

/** Where a redirect leads. A server may not lead from an encrypted connection to a plain one. */
function follow(from: URL, location: string | null): URL {
  if (location === null) throw new SourceFailure('damaged', `${from.host}: a redirect that leads nowhere`);
  const to = webAddress(new URL(location, from).href);
  if (from.protocol === 'https:' && to.protocol !== 'https:')
    throw new SourceFailure('refused', `${from.host}: it redirects from https to http`);
  if (isNear(to.hostname) && !isNear(from.hostname))
    throw new SourceFailure('refused', `${from.host}: it redirects to this machine or its network`);
  return to;
}

/** Whether a host is this machine or its own network, as far as its name tells. */
function isNear(host: string): boolean {
  return /^(localhost|.*\.local(host)?|127\..*|10\..*|192\.168\..*|169\.254\..*|172\.(1[6-9]|2\d|3[01])\..*|0\..*|\[(::|f[cde]).*)$/i.test(
    host,
  );
}

/** What stops a body from coming: the connection, or bytes that are not what they seem to be. */
function broken(error: unknown, host: string): SourceFailure {
  if (error instanceof SourceFailure) return error;
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  if (code.startsWith('Z_'))
    return new SourceFailure('damaged', `${host}: its answer cannot be unpacked`, { cause: error });
  return new SourceFailure('lost', `${host}: the connection broke`, { cause: error });
}

async function* counted(body: AsyncIterable<Buffer>, most: number, host: string): AsyncGenerator<Buffer> {
  try {
    yield* upTo(body, most, host);
  } catch (error) {
    throw broken(error, host);
  }
}

async function* upTo(body: AsyncIterable<Buffer>, most: number, host: string): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > most)
      throw new SourceFailure(
        'damaged',
        `${host}: its answer grows beyond ${Math.floor(most / 1024 / 1024)} MB`,
      );
    yield chunk;
  }
}

/** The answer's bytes; a gzip file, which archives serve, is opened on the way. */
async function* unpacked(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const chunks = Readable.from(body, { objectMode: true })[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  const beginning = Buffer.from(first.value as Uint8Array);
  async function* rest(): AsyncGenerator<Buffer> {
    yield beginning;
    for (let next = await chunks.next(); !next.done; next = await chunks.next())
      yield Buffer.from(next.value as Uint8Array);
  }
  if (beginning[0] !== 0x1f || beginning[1] !== 0x8b) yield* rest();
  // Whatever breaks on the way shows where the unpacked bytes are read.
  else yield* pipeline(Readable.from(rest()), createGunzip(), () => {}) as AsyncIterable<Buffer>;
}

/**
 * Asks an address, following at most five redirects; `most` bounds the bytes of the answer after unpacking.
 * Throws a SourceFailure when nobody answers.
 */
export async function ask(address: string, most: number, method: 'GET' | 'POST' = 'GET'): Promise<Answer> {
  let url = webAddress(address);
  for (let hops = 0; hops <= mostRedirects; hops++) {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { 'user-agent': agent },
      signal: AbortSignal.timeout(timeoutMs),
    }).catch((cause: Error) => {
      const reason = (cause.cause as NodeJS.ErrnoException | undefined)?.code ?? cause.message;
      throw new SourceFailure('lost', `${url.host}: ${reason}`, { cause });
    });
    if (response.status < 300 || response.status > 399) {
      const date = Date.parse(response.headers.get('date') ?? '');
      const body = unpacked((response.body ?? []) as AsyncIterable<Uint8Array>);
      return {
        status: response.status,
        date: Number.isNaN(date) ? undefined : date,
        body: counted(body, most, url.host),
      };
    }
    await response.body?.cancel();
    url = follow(url, response.headers.get('location'));
  }
  throw new SourceFailure('damaged', `${url.host}: more than ${mostRedirects} redirects`);
}

/** A whole answer. Throws a SourceFailure for any that is not 200. */
export async function askBytes(address: string, most: number): Promise<Buffer> {
  const { status, body } = await ask(address, most);
  if (status !== 200)
    throw new SourceFailure(
      status < 500 ? 'refused' : 'lost',
      `${webAddress(address).host}: answers ${status}`,
    );
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
