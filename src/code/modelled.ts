/** Files of the kernel whose functions have worlds to run in. */
export const modelledFiles: readonly string[] = ['fs/dax.c', 'mm/memory.c', 'mm/truncate.c', 'mm/filemap.c'];

/**
 * Files of the kernel that the model itself stands for. A patch to one of them changes what is true around
 * the code under review, and no scenario runs its real text yet.
 */
export const standIns: readonly string[] = [
  'include/linux/dax.h',
  'include/linux/xarray.h',
  'include/linux/radix-tree.h',
  'lib/xarray.c',
  'lib/radix-tree.c',
  'mm/memory-failure.c',
];
