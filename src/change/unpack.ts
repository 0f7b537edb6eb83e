import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { kernelFolders } from './name-file.js';
import { TarReader } from './read-tar.js';

/** Unpacked bytes after which an archive is no kernel any more. */
const mostBytes = 16 * 1024 ** 3;

export type OnProgress = (progress: { what: string; done: number; of: number | null }) => void;

type Packing = 'xz' | 'gzip' | 'none';

/** How an archive is packed, by its first bytes; undefined when it is none that can be read. */
export async function packingOf(file: string): Promise<Packing | undefined> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(512), 0, 512, 0);
    if (buffer.toString('hex', 0, 6) === 'fd377a585a00') return 'xz';
    if (buffer.toString('hex', 0, 2) === '1f8b') return 'gzip';
    return buffer.toString('latin1', 257, 262) === 'ustar' ? 'none' : undefined;
  } finally {
    await handle.close();
  }
}

/** The unpacked bytes, and what to wait for at their end: it rejects when unpacking failed. */
function unpacked(packed: Readable, packing: Packing): { stream: Readable; ended: Promise<void> } {
  if (packing === 'none') return { stream: packed, ended: Promise.resolve() };
  if (packing === 'gzip') {
    const gunzip = createGunzip();
    packed.on('error', (error) => gunzip.destroy(error));
    return { stream: packed.pipe(gunzip), ended: Promise.resolve() };
  }
  const child = spawn('xz', ['--decompress', '--stdout'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', (cause) => {
      child.stdout.destroy();
      reject(new Error('xz cannot be started; it is needed for .tar.xz', { cause }));
    });
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error('xz cannot unpack the archive'))));
  });
  child.stdin.on('error', () => {});
  child.stdout.on('close', () => child.kill());
  packed.pipe(child.stdin);
  return { stream: child.stdout, ended };
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000);
}

/** Paths below the archive's top folder, whatever it is called. */
class TopFolder {
  private name: string | undefined;

  strip(path: string): string {
    const clean = path.startsWith('./') ? path.slice(2) : path;
    if (this.name === undefined) {
      const [first, ...rest] = clean.split('/');
      this.name = rest.length === 0 || kernelFolders.has(first!) ? '' : `${first}/`;
    }
    return clean.startsWith(this.name) ? clean.slice(this.name.length) : clean;
  }
}

/**
 * Reads a whole archive once. `wants` sees the path of every regular file below the top folder, `put` gets
 * the wanted contents. Rejects with an `Error` when the archive cannot be read to its end.
 */
export async function unpack(
  file: string,
  wants: (path: string) => boolean,
  put: (path: string, bytes: Buffer) => void,
  onProgress?: OnProgress,
): Promise<void> {
  const packing = await packingOf(file);
  if (!packing) throw new Error('it is no tar archive packed with xz or gzip');
  const { size } = await stat(file);
  const packed = createReadStream(file, { highWaterMark: 1024 * 1024 });
  const top = new TopFolder();
  const reader = new TarReader({
    wants: (path) => wants(top.strip(path)),
    content: (path, bytes) => put(top.strip(path), bytes),
  });
  const { stream, ended } = unpacked(packed, packing);
  // Whichever fails first is told; the other must not become an unhandled rejection.
  ended.catch(() => {});
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw new Error('it unpacks to more bytes than any kernel has');
      reader.push(chunk);
      onProgress?.({
        what: 'unpacking the kernel, MB',
        done: megabytes(packed.bytesRead),
        of: megabytes(size),
      });
    }
  } catch (error) {
    // A program that was missing is the better reason than the pipe that broke because of it.
    if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') await ended;
    throw error;
  } finally {
    packed.destroy();
  }
  await ended;
}
