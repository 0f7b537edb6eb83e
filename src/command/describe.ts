import { commandTree, type TreeCommand } from './command-tree.js';
import { completionScript, type Shell } from './completion.js';
import { exitCode } from './exit-code.js';
import type { Host } from './host.js';
import { manualPage } from './manual.js';
import { buildProgram } from './program.js';

function tree(version: string): TreeCommand[] {
  return commandTree(buildProgram(version, async () => {}));
}

/** `faultline completion SHELL`: answers the exit code. */
export async function completionCommand(shell: Shell, version: string, host: Host): Promise<number> {
  await host.write(completionScript(shell, tree(version)));
  return exitCode.clean;
}

/** `faultline man`: answers the exit code. */
export async function manualCommand(version: string, host: Host): Promise<number> {
  await host.write(manualPage(tree(version), version));
  return exitCode.clean;
}
