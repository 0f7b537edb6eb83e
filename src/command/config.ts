import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config/config.js';
import { findConfig, placesOf } from '../config/find.js';
import { jsonDocument } from '../report/json.js';
import { packageRoot } from '../root.js';
import { exitCode } from './exit-code.js';
import type { Host } from './host.js';
import { whyUnread } from './input.js';
import { tellProblem } from './output.js';

export interface ConfigFlags {
  config?: string;
  redacted?: boolean;
}

/** `faultline config check|print|schema|example`: answers the exit code. */
export async function configCommand(what: string, flags: ConfigFlags, host: Host): Promise<number> {
  if (what === 'schema') {
    const { configSchema } = await import('../config/print.js');
    await host.write(jsonDocument(configSchema()));
    return exitCode.clean;
  }
  if (what === 'example') {
    await host.write(await readFile(join(packageRoot, 'src', 'config', 'example', 'faultline.yaml'), 'utf8'));
    return exitCode.clean;
  }
  const found = await loadConfig(flags.config, host);
  if (found === undefined) return exitCode.usage;
  if (what === 'check') await host.write(`${found.path}: good\n`);
  else
    await host.write((await import('../config/print.js')).printConfig(found.config, flags.redacted === true));
  return exitCode.clean;
}

/** The configuration of a daemon; what is wrong with it is told on stderr, a line a fault. */
export async function loadConfig(
  named: string | undefined,
  host: Host,
): Promise<{ path: string; config: Config } | undefined> {
  const path = findConfig(named, host.environment);
  if (path === undefined) {
    const places = placesOf(host.environment).join(', ');
    tellProblem(
      {
        problem: `there is no configuration (looked for ${places}); faultline config example prints one`,
        exit: 2,
      },
      host,
    );
    return undefined;
  }
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    tellProblem({ problem: `${path}: ${whyUnread(error as NodeJS.ErrnoException)}`, exit: 2 }, host);
    return undefined;
  }
  const { readConfig } = await import('../config/read.js');
  const read = readConfig(text);
  if ('config' in read) return { path, config: read.config };
  for (const { line, column, reason } of read.faults)
    tellProblem({ problem: `${path}:${line}:${column}: ${reason}`, exit: 2 }, host);
  return undefined;
}
