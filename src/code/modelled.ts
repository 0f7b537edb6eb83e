/** Worlds that files of the kernel run in: those of one world together, the model standing for all others. */
export type World = 'kernel' | 'array';

/** The files that run, by world (simulator/kernel, simulator/array). */
export const filesOf: Readonly<Record<World, readonly string[]>> = {
  kernel: ['fs/dax.c', 'mm/memory.c', 'mm/truncate.c', 'mm/filemap.c'],
  array: ['lib/xarray.c', 'include/linux/xarray.h'],
};

/** Files of the kernel whose functions have a world to run in. */
export const modelledFiles: readonly string[] = [...filesOf.kernel, ...filesOf.array];

/** The world that files run in. */
export function worldOf(files: readonly string[]): World {
  return files.some((path) => filesOf.array.includes(path)) ? 'array' : 'kernel';
}

/**
 * Files of the kernel that the model itself stands for. A patch to one of them changes what is true around
 * the code under review, and no scenario runs its real text yet.
 */
export const standIns: readonly string[] = [
  'include/linux/dax.h',
  'include/linux/radix-tree.h',
  'lib/radix-tree.c',
  'mm/memory-failure.c',
];
