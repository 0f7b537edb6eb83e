import { type Arrival, type Cursor, type Inbox, pause } from './inbox.js';
import { asFailure } from './source-failure.js';

/** How a lost connection is made again. */
export interface Patience {
  /** The first pause; each further one is twice as long. */
  firstMs: number;
  mostMs: number;
  /** Failures in a row after which it is given up. */
  tries: number;
  /** Told with each failure, as one line. */
  onTrouble: (line: string) => void;
  /** Ends a pause. */
  signal: AbortSignal;
}

/** An inbox whose connections come and go: a new one goes on where the last one fell. */
class Supervised implements Inbox {
  private inner: Inbox | undefined;
  private failures = 0;

  constructor(
    readonly name: string,
    private readonly connect: () => Promise<Inbox>,
    private readonly patience: Patience,
  ) {}

  async *read(cursor: Cursor | undefined): AsyncGenerator<Arrival> {
    let last = cursor;
    while (!this.patience.signal.aborted) {
      try {
        this.inner ??= await this.connect();
        for await (const arrival of this.inner.read(last)) {
          last = arrival.cursor;
          this.failures = 0;
          yield arrival;
        }
        this.failures = 0;
        return;
      } catch (error) {
        await this.recover(error);
      }
    }
  }

  async wait(signal: AbortSignal): Promise<void> {
    try {
      await this.inner?.wait(signal);
    } catch (error) {
      // Reading makes the new connection, and finds what came meanwhile.
      await this.recover(error);
    }
  }

  async find(messageId: string): Promise<Buffer[]> {
    while (!this.patience.signal.aborted) {
      try {
        this.inner ??= await this.connect();
        return (await this.inner.find?.(messageId)) ?? [];
      } catch (error) {
        await this.recover(error);
      }
    }
    return [];
  }

  /** Waits before the next try. Throws what no further try can mend, and when patience is at its end. */
  private async recover(error: unknown): Promise<void> {
    const failure = asFailure(error, this.name);
    await this.close();
    if (failure.kind !== 'lost' || ++this.failures >= this.patience.tries) throw failure;
    const { firstMs, mostMs, signal, onTrouble } = this.patience;
    const waitMs = Math.min(mostMs, firstMs * 2 ** (this.failures - 1));
    onTrouble(`${failure.message}; trying again in ${Math.ceil(waitMs / 1000)} s`);
    await pause(waitMs, signal);
  }

  async close(): Promise<void> {
    const { inner } = this;
    this.inner = undefined;
    await inner?.close();
  }
}

/** Connects, and connects again whenever the connection is lost. Throws at once for what is refused. */
export function supervise(name: string, connect: () => Promise<Inbox>, patience: Patience): Inbox {
  return new Supervised(name, connect, patience);
}
