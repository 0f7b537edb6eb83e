import type { NewMail } from '../store/store.js';

/** Mails on their way to a thread: one block of bytes, which is handed over and not copied. */
export interface Share {
  block: Uint8Array<ArrayBuffer>;
  sizes: number[];
}

/** Sorted mails on their way back. */
export interface SortedShare extends Share {
  mails: Omit<NewMail, 'bytes'>[];
}

export function joinBytes(parts: Buffer[]): Share {
  const sizes = parts.map((part) => part.length);
  const block = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  let at = 0;
  for (const part of parts) {
    block.set(part, at);
    at += part.length;
  }
  return { block, sizes };
}

export function splitBytes({ block, sizes }: Share): Buffer[] {
  let at = block.byteOffset;
  return sizes.map((size) => {
    at += size;
    return Buffer.from(block.buffer, at - size, size);
  });
}
