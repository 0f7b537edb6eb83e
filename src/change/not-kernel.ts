import type { Series } from '../series/series.js';
import { kernelFolders, shown } from './name-file.js';
import type { Patch } from './patch.js';

/** Files at the top of a kernel tree. */
const kernelFiles =
  /^(?:Makefile|Kbuild|Kconfig|MAINTAINERS|CREDITS|COPYING|README|REPORTING-BUGS|\.[\w.-]+)$/;

function isKernelPath(path: string): boolean {
  const [first, ...rest] = path.split('/');
  return rest.length > 0 ? kernelFolders.has(first!) || first === 'LICENSES' : kernelFiles.test(path);
}

/**
 * Why a series is not for the kernel: its subject names another project, or none of its files lies where the
 * kernel has files. undefined for one that is, and for a diff without a mail, which nobody sent anywhere.
 */
export function whyNotKernel(series: Pick<Series, 'project'>, patches: readonly Patch[]): string | undefined {
  if (series.project !== undefined) return `it is a patch for ${series.project}, not for the kernel`;
  if (patches.some(({ message }) => message.headers.size === 0)) return undefined;
  const paths = patches.flatMap(({ files }) => files.map((file) => file.newPath));
  if (paths.length === 0 || paths.some(isKernelPath)) return undefined;
  return `it is no patch for the kernel, which has no such folder: ${shown(paths[0]!)}`;
}
