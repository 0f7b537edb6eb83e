import { join } from 'node:path';
import type { Config } from './config.js';

/** The folder of the databases: as configured, else where systemd says, else where users keep state. */
export function stateFolder(
  config: Pick<Config, 'state'>,
  environment: Record<string, string | undefined> = process.env,
): string {
  if (config.state !== undefined) return config.state;
  // systemd separates several folders by colons.
  const given = environment.STATE_DIRECTORY?.split(':')[0];
  if (given !== undefined && given !== '') return given;
  const { XDG_STATE_HOME, HOME } = environment;
  return join(XDG_STATE_HOME ?? join(HOME ?? '.', '.local', 'state'), 'faultline');
}
