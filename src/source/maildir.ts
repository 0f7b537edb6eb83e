import { open, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Arrival, type Cursor, type Inbox, mailLimit, pause, whyTooLarge } from './inbox.js';
import { asFailure, SourceFailure } from './source-failure.js';

const pollMs = 2000;
/** Files whose status changed within one tick of the kernel's clock have no order yet: they are let grow older. */
const settleMs = 30;

interface Delivered {
  /** Relative to the folder: `new/..` or `cur/..`. */
  path: string;
  /** The name without the flags that a mail program adds. */
  name: string;
  /** When the file was delivered or last moved, in nanoseconds. */
  changed: bigint;
}

/** The last file that was read. */
interface Mark {
  changed: bigint;
  name: string;
}

function asMark(cursor: Cursor | undefined): Mark {
  const { changed, name } = (cursor ?? {}) as { changed?: Cursor; name?: Cursor };
  const known = typeof changed === 'string' && /^\d{1,20}$/.test(changed);
  return { changed: known ? BigInt(changed) : -1n, name: typeof name === 'string' ? name : '' };
}

function isBehind(file: Delivered, mark: Mark): boolean {
  return file.changed > mark.changed || (file.changed === mark.changed && file.name > mark.name);
}

/** Old enough; or from a future that was, before the clock was set back. */
function isSettled(changedMs: number, nowMs: number): boolean {
  return changedMs < nowMs - settleMs || changedMs > nowMs + 1000;
}

/** Whether a folder is a Maildir. */
export async function isMaildir(folder: string): Promise<boolean> {
  const parts = await Promise.all(
    ['cur', 'new'].map((part) => stat(join(folder, part)).catch(() => undefined)),
  );
  return parts.every((part) => part?.isDirectory() === true);
}

class Maildir implements Inbox {
  constructor(
    readonly name: string,
    private readonly folder: string,
  ) {}

  async *read(cursor: Cursor | undefined): AsyncGenerator<Arrival> {
    if (!(await isMaildir(this.folder)))
      throw new SourceFailure('refused', `${this.folder}: it is no Maildir; cur/ or new/ is missing`);
    let mark = asMark(cursor);
    // A clock that was set back makes every mark worthless; what was read before is known again by its bytes.
    if (mark.changed > BigInt(Date.now() + settleMs) * 1_000_000n) mark = asMark(undefined);
    for (let files = await this.settled(mark); files.length > 0; files = await this.settled(mark)) {
      for (const file of files) {
        mark = file;
        const arrival = await this.arrivalOf(file);
        if (arrival !== undefined) yield arrival;
      }
    }
  }

  async amount(cursor: Cursor | undefined): Promise<number> {
    const mark = asMark(cursor);
    return (await this.list()).filter((file) => isBehind(file, mark)).length;
  }

  /** Files behind a mark whose order cannot change any more, by the time of their delivery; waits for the first. */
  private async settled(mark: Mark): Promise<Delivered[]> {
    for (;;) {
      const now = Date.now();
      const files = (await this.list()).filter((file) => isBehind(file, mark));
      const old = files.filter(({ changed }) => isSettled(Number(changed / 1_000_000n), now));
      if (old.length > 0 || files.length === 0) return old.sort((a, b) => (isBehind(a, b) ? 1 : -1));
      await sleep(settleMs);
    }
  }

  private async list(): Promise<Delivered[]> {
    const files: Delivered[] = [];
    for (const part of ['new', 'cur']) {
      for (const entry of await readdir(join(this.folder, part)).catch((error) => this.fail(error))) {
        if (entry.startsWith('.')) continue;
        const path = join(part, entry);
        // Another program may have moved it meanwhile; under its new name it is found again.
        const status = await stat(join(this.folder, path), { bigint: true }).catch(() => undefined);
        if (status?.isFile()) files.push({ path, name: entry.split(':', 1)[0]!, changed: status.ctimeNs });
      }
    }
    return files;
  }

  private async arrivalOf({ path, name, changed }: Delivered): Promise<Arrival | undefined> {
    const cursor = { changed: String(changed), name };
    const handle = await open(join(this.folder, path)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      return this.fail(error);
    });
    if (handle === undefined) return undefined;
    try {
      const { size } = await handle.stat();
      if (size <= mailLimit) return { kind: 'mail', place: name, raw: await handle.readFile(), cursor };
      return {
        kind: 'unread',
        place: name,
        why: whyTooLarge(size),
        cursor,
      };
    } finally {
      await handle.close();
    }
  }

  private fail(error: unknown): never {
    throw asFailure(error, this.folder);
  }

  wait(signal: AbortSignal): Promise<void> {
    return pause(pollMs, signal);
  }

  async close(): Promise<void> {}
}

/** A Maildir. Nothing in it is moved or marked: other programs may read it at the same time. */
export function openMaildir(folder: string): Inbox {
  const path = resolve(folder);
  return new Maildir(`maildir:${path}`, path);
}
