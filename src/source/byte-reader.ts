import { SourceFailure } from './source-failure.js';

const newline = 0x0a;

/** Reads lines and counted bytes from a stream of chunks. Holds no more than what was asked for. */
export class ByteReader {
  private chunk: Buffer = Buffer.alloc(0);
  private at = 0;
  private readonly chunks: AsyncIterator<Buffer>;

  constructor(stream: AsyncIterable<Buffer>) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  /** A line without its `\n`; undefined at the end. Throws when it has more than `most` bytes. */
  async line(most: number): Promise<Buffer | undefined> {
    const parts: Buffer[] = [];
    for (let length = 0; ; ) {
      const end = this.chunk.indexOf(newline, this.at);
      const part = this.chunk.subarray(this.at, end < 0 ? this.chunk.length : end);
      length += part.length;
      if (length > most) throw new SourceFailure('damaged', `a line has more than ${most} bytes`);
      parts.push(part);
      if (end >= 0) {
        this.at = end + 1;
        return parts.length === 1 ? part : Buffer.concat(parts);
      }
      if (!(await this.more())) return length === 0 ? undefined : Buffer.concat(parts);
    }
  }

  /** Exactly `count` bytes. Throws when the stream ends before. */
  async take(count: number): Promise<Buffer> {
    if (this.chunk.length - this.at >= count) return this.within(count);
    const parts: Buffer[] = [];
    for (let left = count; left > 0; ) {
      if (this.at === this.chunk.length && !(await this.more()))
        throw new SourceFailure('lost', 'the stream ended in the middle of a mail');
      const part = this.within(Math.min(left, this.chunk.length - this.at));
      parts.push(part);
      left -= part.length;
    }
    return Buffer.concat(parts, count);
  }

  /** Passes over `count` bytes without keeping them. */
  async skip(count: number): Promise<void> {
    for (let left = count; left > 0; ) {
      const step = Math.min(left, 1 << 16);
      await this.take(step);
      left -= step;
    }
  }

  /**
   * `held` and what follows it up to `mark`, which is passed over. Undefined when that is more than `most`
   * bytes: then they are passed over and not kept. Throws when the stream ends before the mark.
   */
  async until(mark: Buffer, most: number, held: Buffer): Promise<Buffer | undefined> {
    let parts = [held];
    for (let length = held.length; ; ) {
      // The mark may begin in one chunk and end in the next.
      const tail = Buffer.concat(parts.slice(-mark.length)).subarray(1 - mark.length);
      const chunk = this.rest();
      const end = Buffer.concat([tail, chunk]).indexOf(mark) - tail.length;
      if (end >= -tail.length) {
        this.at -= chunk.length - end - mark.length;
        return length + end > most ? undefined : Buffer.concat([...parts, chunk], length + end);
      }
      length += chunk.length;
      parts = length > most ? [Buffer.concat([tail, chunk]).subarray(1 - mark.length)] : [...parts, chunk];
      if (!(await this.more())) throw new SourceFailure('lost', 'the stream ended in the middle of a mail');
    }
  }

  private rest(): Buffer {
    return this.within(this.chunk.length - this.at);
  }

  private within(count: number): Buffer {
    const bytes = this.chunk.subarray(this.at, this.at + count);
    this.at += count;
    return bytes;
  }

  private async more(): Promise<boolean> {
    const next = await this.chunks.next();
    if (next.done) {
      this.chunk = Buffer.alloc(0);
      this.at = 0;
      return false;
    }
    this.chunk = next.value;
    this.at = 0;
    return true;
  }
}
