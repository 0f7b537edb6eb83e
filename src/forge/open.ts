import { readSecret } from '../config/secret.js';
import { type Forge, openForge } from '../github/forge.js';
import type { GithubConfig } from './desk.js';

/** Opens the forge of a configuration. Throws an Error that names where a secret should have been, and never a secret. */
export async function openConfigured(
  { api, token, app }: GithubConfig,
  environment: NodeJS.ProcessEnv,
): Promise<Forge> {
  if (app === undefined) return openForge({ token: readSecret(token!, environment) }, { baseUrl: api });
  const privateKey = readSecret(app.key, environment);
  const credentials = { appId: app.id, installationId: app.installation, privateKey };
  // What a library says of a key that it cannot read may hold the key.
  return openForge(credentials, { baseUrl: api }).catch(() => {
    throw new Error('the App cannot be used: see its id, its installation and its key');
  });
}
