import type { Bench } from './bench.js';
import { cli } from './built.js';
import { medianProcess } from './measure.js';
import { alone, beside } from './row.js';

/** What every command pays before it does anything, and what node alone takes of it. */
export const help: Bench = async () => {
  const ours = await medianProcess(process.execPath, [cli, '--help'], [0], 7);
  const node = await medianProcess(process.execPath, ['-e', '0'], [0], 7);
  const name = '--help, whole process (aim: 150)';
  return [ours === null ? alone(name, null, 'ms') : beside(name, ours, node, 'ms', 'node that does nothing')];
};
