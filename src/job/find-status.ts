import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.js';
import { stateFolder } from '../config/state.js';
import type { Problem } from '../finding/problem.js';
import type { Status } from '../finding/status.js';
import { rememberedDriver } from '../queue/choose-driver.js';
import { readStatus } from './read-status.js';

const askMs = 3000;

/** What the daemon that listens there says; undefined when none does, or when it serves another state. */
async function askDaemon({ web }: Config): Promise<Status | undefined> {
  try {
    const response = await fetch(`http://${web.listen}/status`, { signal: AbortSignal.timeout(askMs) });
    const status = (await response.json()) as Status;
    return typeof status.startedMs === 'number' ? status : undefined;
  } catch {
    return undefined;
  }
}

/** How the daemon of a configuration fares; from its store when it does not run. */
export async function findStatus(
  config: Config,
  environment: NodeJS.ProcessEnv,
  countHeld: (outbox: string) => Promise<number>,
): Promise<Status | Problem> {
  const running = await askDaemon(config);
  if (running !== undefined) return running;
  const folder = stateFolder(config, environment);
  const file = join(folder, 'mail.db');
  if (!existsSync(file))
    return { problem: `${file} is not there: no daemon ran with this configuration`, exit: 4 };
  const { openLedger } = await import('../store/ledger.js');
  const outbox = join(folder, 'outbox.db');
  let ledger: ReturnType<typeof openLedger>;
  try {
    ledger = openLedger(file);
  } catch (error) {
    return { problem: (error as Error).message, exit: 2 };
  }
  try {
    return await readStatus({
      ledger,
      queue: undefined,
      driver: rememberedDriver(folder),
      startedMs: null,
      nowMs: Date.now(),
      footings: [],
      bounces: null,
      held: existsSync(outbox) ? await countHeld(outbox) : 0,
    });
  } finally {
    ledger.close();
  }
}
