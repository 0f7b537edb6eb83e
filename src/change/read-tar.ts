import { limit } from './limit.js';

const block = 512;

export interface TarVisitor {
  /** A regular file, by its path as written. Answers whether its content is wanted. */
  wants(path: string): boolean;
  /** The content of a file that was wanted and is not larger than the limit. */
  content(path: string, bytes: Buffer): void;
}

function textAt(header: Buffer, from: number, length: number): string {
  const field = header.subarray(from, from + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end);
}

/** Octal digits, or from GNU tar base 256 for what has more than 8 GB. */
function sizeOf(header: Buffer): number {
  if ((header[124]! & 0x80) !== 0) return Number(header.readBigUInt64BE(128));
  return Number.parseInt(textAt(header, 124, 12).trim() || '0', 8);
}

function checksumFits(header: Buffer): boolean {
  let sum = 8 * 0x20;
  for (let i = 0; i < block; i++) if (i < 148 || i >= 156) sum += header[i]!;
  return sum === Number.parseInt(textAt(header, 148, 8).trim(), 8);
}

/** The `path` of a pax header: records of `length key=value\n`. */
function paxPath(bytes: Buffer): string | undefined {
  return /(?:^|\n)\d+ path=([^\n]*)\n/.exec(bytes.toString('utf8'))?.[1];
}

/**
 * Reads a tar archive that comes in pieces and keeps only what is wanted: a kernel has 80,000 files. Links,
 * devices and folders are passed over. `push` throws an `Error` when the bytes are not a tar archive.
 */
export class TarReader {
  private parts: Buffer[] = [];
  private missing = block;
  private padding = 0;
  private section: 'header' | 'skip' | 'content' | 'long' | 'pax' = 'header';
  private path = '';
  /** The name for the next entry, from a GNU or pax entry before it. */
  private longPath: string | undefined;

  constructor(private readonly visitor: TarVisitor) {}

  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      const take = Math.min(rest.length, this.missing);
      if (this.section !== 'skip') this.parts.push(rest.subarray(0, take));
      this.missing -= take;
      rest = rest.subarray(take);
      if (this.missing === 0) this.finish();
    }
  }

  private finish(): void {
    const bytes = Buffer.concat(this.parts);
    this.parts = [];
    if (this.section === 'header') {
      this.readHeader(bytes);
      return;
    }
    if (this.section === 'content') this.visitor.content(this.path, bytes);
    if (this.section === 'long') this.longPath = textAt(bytes, 0, bytes.length);
    if (this.section === 'pax') this.longPath = paxPath(bytes) ?? this.longPath;
    this.begin(this.padding > 0 ? 'skip' : 'header', this.padding > 0 ? this.padding : block);
  }

  private begin(section: TarReader['section'], bytes: number): void {
    this.section = section;
    this.missing = bytes;
    this.padding = 0;
  }

  private readHeader(header: Buffer): void {
    this.begin('header', block);
    if (header[0] === 0 && header.every((byte) => byte === 0)) return;
    if (!checksumFits(header)) throw new Error('it is not a tar archive, or it is damaged');
    const size = sizeOf(header);
    if (!Number.isSafeInteger(size) || size < 0) throw new Error('an entry has no readable size');
    const section = this.sectionOf(header, String.fromCharCode(header[156]!), size);
    const padding = (block - (size % block)) % block;
    if (size === 0) {
      if (section === 'content') this.visitor.content(this.path, Buffer.alloc(0));
    } else if (section === 'skip') {
      this.begin('skip', size + padding);
    } else {
      this.begin(section, size);
      this.padding = padding;
    }
  }

  private sectionOf(header: Buffer, type: string, size: number): TarReader['section'] {
    const small = size <= limit.fileBytes;
    if (type === 'L' && small) return 'long';
    if (type === 'x' && small) return 'pax';
    if (type === 'g' || type === 'K') return 'skip';
    const prefix = header.toString('latin1', 257, 262) === 'ustar' ? textAt(header, 345, 155) : '';
    const name = textAt(header, 0, 100);
    this.path = this.longPath ?? (prefix ? `${prefix}/${name}` : name);
    this.longPath = undefined;
    const regular = type === '0' || type === '\0';
    return regular && this.visitor.wants(this.path) && small ? 'content' : 'skip';
  }
}
