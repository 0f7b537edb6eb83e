import { createHash } from 'node:crypto';

/** Git's id of a file's content, 40 or 64 hexadecimal digits. */
export function blobId(bytes: Buffer, algorithm: 'sha1' | 'sha256' = 'sha1'): string {
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Whether a content is the one that an id, perhaps abbreviated, names. */
export function isBlob(bytes: Buffer, id: string): boolean {
  if (id.length <= 40 && blobId(bytes).startsWith(id)) return true;
  return blobId(bytes, 'sha256').startsWith(id);
}

/** The id that git writes for a file that does not exist. */
export function isNullId(id: string): boolean {
  return /^0+$/.test(id);
}
