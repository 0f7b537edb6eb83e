import { createSupportsHyperlinks } from 'supports-hyperlinks';
import type { Signals } from '../finding/serve.js';
import type { Analysis } from './analysis.js';

/** What a command may touch of the machine. Tests hand in their own. */
export interface Host {
  analysis: Analysis;
  /** Results. Resolves when the text is out; a reader that went away (EPIPE) is no error. */
  write(text: string): Promise<void>;
  /** Everything that is not the result, as it is: lines end with `\n`. */
  say(text: string): void;
  /** Bytes of stdin, at most `limit` of them; undefined when there are more. */
  readInput(limit: number): Promise<Buffer | undefined>;
  /** Bytes of stdin as they come. */
  input: AsyncIterable<Buffer>;
  /** Fires when the user, or the system, asks the process to end; from then on it is on the command to end. */
  untilStopped(): AbortSignal;
  /** What is asked of a process that runs for months. */
  signals(): Signals;
  inputIsTerminal: boolean;
  outputIsTerminal: boolean;
  errorIsTerminal: boolean;
  /** Width of the terminal; undefined when the output is none. */
  columns: number | undefined;
  /** The terminal as it is now: it may be made larger or smaller meanwhile. */
  screen(): { columns: number; rows: number };
  /** Keys as they are pressed, without being shown; a key that is no letter is its escape sequence. */
  keys(): AsyncIterable<string>;
  /** The terminal makes a link of text that has an address. */
  hyperlinks: boolean;
  environment: Record<string, string | undefined>;
  now(): number;
}

async function readAll(stream: NodeJS.ReadableStream, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > limit) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function writeAll(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      const gone = (error as NodeJS.ErrnoException | null | undefined)?.code === 'EPIPE';
      if (error && !gone) reject(error);
      else resolve();
    });
  });
}

/** Several keys may arrive at once, and an arrow is three bytes. */
async function* keys(): AsyncGenerator<string> {
  process.stdin.setRawMode(true);
  try {
    for await (const chunk of process.stdin)
      yield* String(chunk).match(/\x1b\[[\d;]*[A-Za-z~]|\x1bO[A-Z]|[\s\S]/g) ?? [];
  } finally {
    process.stdin.setRawMode(false);
  }
}

/** The first signal asks, the second one ends the process as it always does. */
function untilStopped(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  return stop.signal;
}

/** A terminal and systemd ask to end in their ways; a second time means at once. */
function signals(): Signals {
  return {
    onStop: (tell) => {
      let asked = false;
      for (const [name, code] of [
        ['SIGINT', 130],
        ['SIGTERM', 143],
      ] as const)
        process.on(name, () => {
          if (asked) process.exit(code);
          asked = true;
          tell();
        });
    },
    onReload: (tell) => void process.on('SIGHUP', tell),
  };
}

/** The machine around this process. */
export function processHost(analysis: Analysis): Host {
  // Without a listener a closed pipe ends the process before the write's own callback is asked.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return {
    analysis,
    write: (text) => writeAll(process.stdout, text),
    say: (text) => void process.stderr.write(text),
    readInput: (limit) => readAll(process.stdin, limit),
    input: process.stdin as AsyncIterable<Buffer>,
    untilStopped,
    signals,
    inputIsTerminal: process.stdin.isTTY === true,
    outputIsTerminal: process.stdout.isTTY === true,
    errorIsTerminal: process.stderr.isTTY === true,
    columns: process.stdout.columns,
    screen: () => ({ columns: process.stdout.columns ?? 80, rows: process.stdout.rows ?? 24 }),
    keys,
    hyperlinks: createSupportsHyperlinks(process.stdout),
    environment: process.env,
    now: () => performance.now(),
  };
}
