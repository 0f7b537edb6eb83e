import type { FileKind } from './patch.js';
import { whyUnsafe, withoutFirst } from './path.js';
import type { FileHeader } from './scan-header.js';

/** A file's paths as the tree knows them. */
export interface FileName {
  kind: FileKind;
  oldPath: string;
  newPath: string;
}

const nobody = '/dev/null';

/** The folders of a kernel tree that a path without a prefix begins with. */
export const kernelFolders = new Set(
  'arch block crypto Documentation drivers fs include init io_uring ipc kernel lib mm net rust samples scripts security sound tools usr virt'.split(
    ' ',
  ),
);

/** Both names with their prefixes; `/dev/null` where there is no file. */
function rawNames(header: FileHeader): [string, string] | undefined {
  if (header.minus !== undefined && header.plus !== undefined) return [header.minus, header.plus];
  if (!header.git) return undefined;
  return [header.added ? nobody : header.git[0], header.deleted ? nobody : header.git[1]];
}

/** How many components stand before the real path; undefined when one name alone does not tell. */
export function prefixOf(header: FileHeader): 0 | 1 | undefined {
  if (header.git && header.from === undefined) return header.git[0] === header.git[1] ? 0 : 1;
  const raw = header.git ?? rawNames(header);
  if (!raw) return undefined;
  if (header.from !== undefined) return raw[0] === header.from ? 0 : 1;
  const [old, name] = raw;
  if (old !== nobody && name !== nobody && old !== name) return 1;
  const [first] = (old === nobody ? name : old).split('/');
  if (first === 'a' || first === 'b') return 1;
  return kernelFolders.has(first ?? '') ? 0 : undefined;
}

function kindOf(header: FileHeader, old: string, name: string): FileKind {
  if ([header.oldMode, header.newMode].some((mode) => mode === '120000' || mode === '160000')) return 'link';
  if (header.binary) return 'binary';
  if (header.from !== undefined) return header.copy ? 'copy' : 'rename';
  if (header.added || old === nobody) return 'add';
  return header.deleted || name === nobody ? 'delete' : 'modify';
}

/** The safe paths and the kind of a file, or one line that says why it has none. */
export function nameFile(header: FileHeader, prefix: 0 | 1): FileName | { reason: string } {
  const raw = rawNames(header);
  if (!raw) return { reason: 'a header names no file' };
  const unsafe = raw.filter((name) => name !== nobody).find((name) => whyUnsafe(name));
  if (unsafe !== undefined) return { reason: `${shown(unsafe)}: ${whyUnsafe(unsafe)}` };
  const strip = (name: string): string => (prefix === 0 ? name : (withoutFirst(name) ?? ''));
  const kind = kindOf(header, raw[0], raw[1]);
  const oldPath = header.from ?? (raw[0] === nobody ? strip(raw[1]) : strip(raw[0]));
  const newPath = header.to ?? (raw[1] === nobody ? strip(raw[0]) : strip(raw[1]));
  for (const path of [oldPath, newPath]) {
    const why = whyUnsafe(path);
    if (why) return { reason: `${shown(path)}: ${why}` };
  }
  const moved = kind === 'rename' || kind === 'copy';
  if (!moved && kind !== 'binary' && kind !== 'link' && oldPath !== newPath)
    return { kind: 'modify', oldPath: newPath, newPath };
  return { kind, oldPath, newPath };
}

/** A path of a stranger, short and on one line. */
export function shown(path: string): string {
  const clean = path.replace(/[\x00-\x1f\x7f]/g, '?');
  return clean.length > 120 ? `${clean.slice(0, 117)}...` : clean;
}
