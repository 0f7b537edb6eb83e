import { isProblem } from '../finding/problem.js';
import { escapeLine } from '../report/escape.js';
import { exitCode } from './exit-code.js';
import type { Host } from './host.js';
import { tellProblem } from './output.js';

/** `faultline hook install|remove`: answers the exit code. */
export async function hookCommand(what: 'install' | 'remove', host: Host): Promise<number> {
  const changes = await host.analysis.changeHooks(what, process.cwd(), [
    process.execPath,
    process.argv[1] ?? 'faultline',
  ]);
  if (isProblem(changes)) return tellProblem(changes, host);
  await host.write(changes.map(({ outcome, path }) => `${outcome.padEnd(9)} ${escapeLine(path)}\n`).join(''));
  return exitCode.clean;
}
