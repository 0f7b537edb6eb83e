import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readBelow } from './folder-tree.js';
import { whyUnsafe } from './path.js';
import type { Tree } from './tree.js';
import { type OnProgress, unpack } from './unpack.js';

/** What reviews of the modelled code ask for; unpacked at once, because one pass takes seconds. */
const usual =
  /^(?:(?:fs|mm|lib|kernel\/locking|kernel\/sched|drivers\/dax|drivers\/nvdimm)\/[^/]+\.[ch]|fs\/(?:ext2|ext4|xfs|iomap|fuse)\/[^/]+\.[ch]|include\/(?:linux|asm-generic)\/[^/]+\.h|Makefile)$/;

/** A folder for this very archive: another file, size or time is another key. */
async function keyOf(file: string): Promise<string> {
  const { size, mtimeMs } = await stat(file);
  const text = JSON.stringify([realpathSync(file), size, mtimeMs, usual.source]);
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

/** The cache folder of the archive, or a temporary one (then `own`) where no cache can be written. */
function openCache(key: string): { root: string; own: boolean } {
  const home = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const folder = join(home, 'faultline', 'tree', key);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, '.probe'), '');
    return { root: realpathSync(folder), own: false };
  } catch {
    return { root: realpathSync(mkdtempSync(join(tmpdir(), 'faultline-tree-'))), own: true };
  }
}

/** Written beside and renamed: another process never sees half a file. */
function writeWhole(file: string, content: Buffer | string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, content);
  renameSync(draft, file);
}

class TarballTree implements Tree {
  readonly kind = 'tarball';
  private names: Set<string> | undefined;
  /** One pass at a time; several readers wait for the same one. */
  private pass: Promise<void> = Promise.resolve();

  constructor(
    readonly name: string,
    private readonly file: string,
    private readonly cache: { root: string; own: boolean },
    private readonly onProgress: OnProgress | undefined,
  ) {}

  private get files(): string {
    return join(this.cache.root, 'files');
  }

  async readBytes(path: string): Promise<Buffer | undefined> {
    if (whyUnsafe(path)) return undefined;
    const cached = await readBelow(this.files, path);
    if (cached) return cached;
    this.names ??= this.readIndex();
    if (this.names && !this.names.has(path)) return undefined;
    this.pass = this.pass.catch(() => {}).then(() => this.unpackOnce(path));
    await this.pass;
    return readBelow(this.files, path);
  }

  async read(path: string): Promise<string | undefined> {
    return (await this.readBytes(path))?.toString('utf8');
  }

  private readIndex(): Set<string> | undefined {
    try {
      return new Set(readFileSync(join(this.cache.root, 'index'), 'utf8').split('\n'));
    } catch {
      return undefined;
    }
  }

  /** Neighbours come along: who asks for one file of a folder soon asks for the next. */
  private async unpackOnce(path: string): Promise<void> {
    if (this.names && (!this.names.has(path) || (await readBelow(this.files, path)))) return;
    const all: string[] = [];
    const first = this.names === undefined;
    const folder = dirname(path);
    const wants = (name: string): boolean => {
      all.push(name);
      return !whyUnsafe(name) && ((first && usual.test(name)) || dirname(name) === folder);
    };
    try {
      await unpack(
        this.file,
        wants,
        (name, bytes) => writeWhole(join(this.files, name), bytes),
        this.onProgress,
      );
    } catch (cause) {
      throw new Error(`${this.name} cannot be unpacked: ${(cause as Error).message}`, { cause });
    }
    // The index comes last: its presence says that the first pass was complete.
    if (first) writeWhole(join(this.cache.root, 'index'), all.join('\n'));
    this.names = new Set(all);
  }

  async states(): Promise<{ label: string; at: undefined }[]> {
    return [{ label: this.name, at: undefined }];
  }

  async close(): Promise<void> {
    if (this.cache.own) rmSync(this.cache.root, { recursive: true, force: true });
  }
}

/**
 * A kernel's tar archive, plain or packed with xz or gzip. What is read is kept in the user's cache folder,
 * so that only the first run unpacks.
 */
export async function openTarball(name: string, file: string, onProgress?: OnProgress): Promise<Tree> {
  return new TarballTree(name, file, openCache(await keyOf(file)), onProgress);
}
