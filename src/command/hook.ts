import { isProblem } from '../finding/problem.js';
import { escapeLine } from '../report/escape.js';
import { exitCode } from './exit-code.js';
import { tellProblem } from './output.js';
import type { World } from './world.js';

/** `faultline hook install|remove`: answers the exit code. */
export async function hookCommand(what: 'install' | 'remove', world: World): Promise<number> {
  const changes = await world.analysis.changeHooks(what, process.cwd(), [
    process.execPath,
    process.argv[1] ?? 'faultline',
  ]);
  if (isProblem(changes)) return tellProblem(changes, world);
  await world.write(
    changes.map(({ outcome, path }) => `${outcome.padEnd(9)} ${escapeLine(path)}\n`).join(''),
  );
  return exitCode.clean;
}
