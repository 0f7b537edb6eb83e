import { kernelFolders } from '../change/name-file.js';

/** Files at the top of a kernel tree. */
const topFiles = new Set(['COPYING', 'CREDITS', 'Kbuild', 'Kconfig', 'MAINTAINERS', 'Makefile', 'README']);

/** Why changed paths are not those of a kernel tree; null when one of them may be. */
export function kernelFiles(paths: string[]): string | null {
  const ours = paths.some((path) => topFiles.has(path) || kernelFolders.has(path.split('/', 1)[0]!));
  return ours || paths.length === 0 ? null : `no kernel has a file ${paths[0]}`;
}
