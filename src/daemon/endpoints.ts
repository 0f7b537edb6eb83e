import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.js';
import { readSecret } from '../config/secret.js';
import { toolVersion } from '../config/version.js';
import { takeHook } from '../forge/take-hook.js';
import { mostHookBytes } from '../github/webhook.js';
import { openPublicRecord } from '../reply/public-record.js';
import type { Ledger } from '../store/ledger.js';
import { addApi } from '../web/api.js';
import { addWebhooks } from '../web/hooks.js';

export interface EndpointParts {
  ledger: Ledger;
  config: () => Config;
  environment: NodeJS.ProcessEnv;
  /** Told when a webhook brought something to do. */
  onHook: () => void;
}

/** What programs ask of a daemon: the record to be read, and where a forge says that something happened. */
export async function addEndpoints(server: FastifyInstance, parts: EndpointParts): Promise<void> {
  const { ledger, config, environment, onHook } = parts;
  const { github, web } = config();
  const record = openPublicRecord(ledger, config, Date.now);
  await addApi(server, { record, version: toolVersion(), url: web.url });
  if (github?.webhookSecret === undefined) return;
  const secret = readSecret(github.webhookSecret, environment);
  const take = async (headers: Record<string, string | undefined>, body: Buffer) => {
    const taken = await takeHook({ headers, body }, secret, github, ledger.proposals, Date.now());
    if (taken.word === 'taken') onHook();
    return taken;
  };
  await addWebhooks(server, { take, mostBytes: mostHookBytes });
}
