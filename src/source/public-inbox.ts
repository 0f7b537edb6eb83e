import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Arrival, type Cursor, type Inbox, pause } from './inbox.js';
import { countBehind, type EpochEvent, headOf, leadsTo, readEpoch } from './read-epoch.js';
import { SourceFailure } from './source-failure.js';

const pollMs = 2000;

interface Epoch {
  number: string;
  gitDir: string;
}

/** The commit that each epoch was read to. */
type Heads = { [epoch: string]: string };

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** Whether a folder looks like the inside of a git repository. */
async function isGitDir(path: string): Promise<boolean> {
  const parts = await Promise.all(['objects', 'refs'].map((part) => isFolder(join(path, part))));
  return parts.every(Boolean);
}

/** `0.git`, `1.git` .. below a folder, in the order of their numbers. */
async function numbered(folder: string): Promise<Epoch[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .flatMap((name) => /^(\d{1,6})\.git$/.exec(name)?.[1] ?? [])
    .sort((a, b) => Number(a) - Number(b))
    .map((number) => ({ number, gitDir: join(folder, `${number}.git`) }));
}

/** The epochs of an archive: a folder that public-inbox made, a folder of clones, or one bare clone. */
async function epochsOf(folder: string): Promise<Epoch[]> {
  if (await isGitDir(folder)) return [{ number: '0', gitDir: folder }];
  const inner = await numbered(join(folder, 'git'));
  return inner.length > 0 ? inner : numbered(folder);
}

/** Whether a folder holds an archive of public-inbox. */
export async function isPublicInbox(folder: string): Promise<boolean> {
  return (await epochsOf(folder)).length > 0;
}

function asHeads(cursor: Cursor | undefined): Heads {
  const entries = Object.entries(cursor ?? {}).filter((entry) => typeof entry[1] === 'string');
  return Object.fromEntries(entries) as Heads;
}

function arrivalOf(event: EpochEvent, epoch: string, cursor: Cursor): Arrival {
  const place = `${epoch}/${event.commit}${event.path.length > 1 ? `/${event.path}` : ''}`;
  if (event.raw === undefined) return { kind: 'unread', place, why: event.why, cursor };
  if (event.withdrawn) return { kind: 'withdrawn', place, raw: event.raw, cursor };
  return { kind: 'mail', place, raw: event.raw, cursor };
}

class PublicInbox implements Inbox {
  constructor(
    readonly name: string,
    private readonly folder: string,
  ) {}

  async *read(cursor: Cursor | undefined): AsyncGenerator<Arrival> {
    const heads = asHeads(cursor);
    // An epoch that appears while another is read is found by the next round.
    const epochs = await epochsOf(this.folder);
    if (epochs.length === 0) throw new SourceFailure('refused', `${this.folder}: there is no archive in it`);
    for (const epoch of epochs) yield* this.readOne(epoch, heads);
  }

  /** Nearly all commits bring one mail. */
  async amount(cursor: Cursor | undefined): Promise<number> {
    const heads = asHeads(cursor);
    const epochs = await epochsOf(this.folder);
    const counts = await Promise.all(epochs.map(({ number, gitDir }) => countBehind(gitDir, heads[number])));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  private async *readOne({ number, gitDir }: Epoch, heads: Heads): AsyncGenerator<Arrival> {
    const head = await headOf(gitDir);
    if (head === undefined || head === heads[number]) return;
    if (heads[number] !== undefined && !(await leadsTo(gitDir, heads[number], head))) {
      delete heads[number];
      yield { kind: 'renumbered', prefix: `${number}/`, cursor: { ...heads } };
    }
    for await (const event of readEpoch(gitDir, heads[number], head)) {
      if (event.last) heads[number] = event.commit;
      yield arrivalOf(event, number, { ...heads });
    }
  }

  wait(signal: AbortSignal): Promise<void> {
    return pause(pollMs, signal);
  }

  async close(): Promise<void> {}
}

/** The git repositories of a public-inbox archive on this machine. Who updates them is not asked. */
export function openPublicInbox(folder: string): Inbox {
  const path = resolve(folder);
  return new PublicInbox(`public-inbox:${path}`, path);
}
