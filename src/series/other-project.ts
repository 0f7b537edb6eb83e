import type { Placed } from './place.js';

/** Projects whose patches share lists with the kernel's, by the word that their subjects carry. */
const words: Record<string, string> = {
  xfstests: 'xfstests',
  fstests: 'xfstests',
  'xfstests-dev': 'xfstests',
  ndctl: 'ndctl',
  daxctl: 'ndctl',
  'cxl-cli': 'ndctl',
  e2fsprogs: 'e2fsprogs',
  xfsprogs: 'xfsprogs',
  xfsdump: 'xfsdump',
  'btrfs-progs': 'btrfs-progs',
  'f2fs-tools': 'f2fs-tools',
  'util-linux': 'util-linux',
  'man-pages': 'man-pages',
  blktests: 'blktests',
  qemu: 'qemu',
  'qemu-devel': 'qemu',
  'nvme-cli': 'nvme-cli',
  'kvm-unit-tests': 'kvm-unit-tests',
  iproute2: 'iproute2',
  'iproute2-next': 'iproute2',
  mdadm: 'mdadm',
  makedumpfile: 'makedumpfile',
  'kexec-tools': 'kexec-tools',
  'crash-utility': 'crash-utility',
  libfuse: 'libfuse',
  'multipath-tools': 'multipath-tools',
  ltp: 'ltp',
  pmdk: 'pmdk',
};

/** Lists that carry one project's patches only, by the beginning of their List-Id. */
const lists: Record<string, string> = {
  'qemu-devel.': 'qemu',
  'fstests.': 'xfstests',
  'ltp.': 'ltp',
};

/**
 * The project other than the kernel that a mail is for, by the words of its subject; undefined when they name
 * none. `named` tells why, for a reader.
 */
export function otherProject(placed: Pick<Placed, 'parts'>, listIds: readonly string[]): string | undefined {
  const said = placed.parts.words
    .map((word) => word.toLowerCase())
    .find((word) => Object.hasOwn(words, word));
  if (said) return words[said];
  // `ndctl: ...` at the start of a title names a folder of that project, and no folder of the kernel.
  const start = /^([\w-]+)[:/]/.exec(placed.parts.title)?.[1]?.toLowerCase();
  if (start && ['ndctl', 'daxctl', 'xfstests', 'e2fsprogs', 'xfsprogs', 'libfuse'].includes(start))
    return words[start];
  const project = Object.keys(lists).find(
    (prefix) => listIds.length > 0 && listIds.every((id) => id.startsWith(prefix)),
  );
  return project && lists[project];
}
