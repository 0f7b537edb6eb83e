import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The file to read: the one that was named, else the first of the usual places that exists. */
export function findConfig(
  named: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  if (named !== undefined) return named;
  return placesOf(environment).find((path) => existsSync(path));
}

/** The usual places, in the order in which they are looked at. */
export function placesOf({ FAULTLINE_CONFIG, XDG_CONFIG_HOME, HOME }: NodeJS.ProcessEnv): string[] {
  const home = XDG_CONFIG_HOME ?? (HOME === undefined ? undefined : join(HOME, '.config'));
  return [
    ...(FAULTLINE_CONFIG === undefined ? [] : [FAULTLINE_CONFIG]),
    'faultline.yaml',
    ...(home === undefined ? [] : [join(home, 'faultline', 'faultline.yaml')]),
    '/etc/faultline/faultline.yaml',
  ];
}
