import type { Bench } from './bench.js';
import { cli } from './built.js';
import { medianProcess } from './measure.js';
import { alone } from './row.js';

/** The whole catalogue on a tree as it stands. */
export const check: Bench = async ({ tree }) => {
  const name = 'check, whole process (aim: 5000)';
  if (tree === undefined) return [alone(`${name}: needs --tree`, null, 'ms')];
  const ms = await medianProcess(process.execPath, [cli, 'check', '--tree', tree], [0, 1], 3);
  return [alone(`${name}${ms === null ? ': failed' : ''}`, ms, 'ms')];
};
